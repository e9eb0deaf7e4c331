"""Which figure needs which files and columns, and which others it changes with: the one table.

Required files (customers, orders) and the columns that they must have are not named: without them there is no report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping


@record
class Need:
    """Figures that need the same, by their keys within the section; the steps of a key lead into lists, too.

    Each of `needs` is a file (`feedback`), a column (`feedback.score`), or several of these parted by ` | ` of which
    one is enough; without it the figures are null, with the reason in `missing`. `uses` names what the figures are
    told without, but not the same. `name` is that of the figures in the report's list of what was not measured.
    `by_person` tells that the figures set single sales people beside results.
    """

    keys: tuple[str, ...]
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    named: str = ""
    by_person: bool = False

    @property
    def name(self) -> str:
        """The name of the figures among the section's `missing.names`."""
        return self.named or self.keys[0].partition(".")[0]


EVERYWHERE = (
    "customers.segment",
    "customers.notice_on",
    "customers.merged_into",
    "orders.status",
    "losses",
    "losses.kind",
)
"""Who is a customer, until when, and what an order counts for: every figure may change with these."""

NOTICES = "customers.notice_on | losses.kind"
CONTACTS = "touchpoints"
CATEGORIES = ("order_lines", "products")
REACHABILITY = ("customers.email", "customers.email_permission")
DELIVERIES = ("orders.promised_on", "orders.delivered_on")
SELLERS = "customers.sales_rep | orders.sales_rep"


def _needs(keys: str, *needs: str, uses: str = "", named: str = "", by_person: bool = False) -> Need:
    return Need(tuple(keys.split()), needs, tuple(uses.split()), named, by_person)


NEEDS: Mapping[str, tuple[Need, ...]] = {
    "pillars": (
        _needs("bridge customers revenue orders average_order_value history newest_order data_ends_early"),
        _needs("retention_rate retention_rate_12m net_revenue_retention_12m gross_revenue_retention_12m"),
        _needs("left_by_notice left_silently", NOTICES, named="notices"),
        _needs("segments", "customers.segment"),
    ),
    "revenue_bridge": (_needs("start not_bought_again decreased increased bought_again new unassigned end customers"),),
    "spending": (
        _needs("spent acquisition_share retention_share win_back_share", "costs"),
        _needs("revenue new_revenue_share loyal_revenue_share won_back_revenue_share"),
    ),
    "loyal_customers": (
        _needs("cohorts cohorts_revenue decomposition change_by_factor abc deciles largest class_movements"),
        _needs("rfm_groups rfm_movements development"),
        _needs("breadth", *CATEGORIES),
        _needs("referrals", "customers.referred_by"),
        _needs("satisfied_not_asked", "feedback.score", "customers.referred_by"),
        _needs("complaints", "feedback.resolved_on"),
    ),
    "forecast": (
        _needs("method verdict repeat_buyers next_quarter last_quarter history comparison model fit_problems"),
        _needs("method_total next_quarter_total last_quarter_total history_total next_quarter_new"),
        _needs("candidates candidates_total check check_total", named="check"),
        _needs("lifetime_value customers next_orders next_orders_kept"),
    ),
    "new_customers": (
        _needs("second_purchase time_to_second_purchase rank_values traded_up one_time_buyers"),
        _needs("five_points_more_retention"),
        _needs("first_purchases", uses="order_lines products orders.channel"),
        _needs("one_time_buyers_reachable", *REACHABILITY),
        _needs("costs", "costs"),
        _needs("close_rate_existing close_rate_new", "offers.decided_on", named="close_rate"),
    ),
    "early_warning": (
        _needs(
            "flagged_share at_stake flagged calls rule model signals back_test power",
            uses="customers.email_permission order_lines products touchpoints visits offers offers.decision_due_on"
            " offers.decided_on feedback feedback.score feedback.resolved_on",
        ),
        _needs("trend", uses="order_lines products"),
    ),
    "lost_customers": (
        _needs("lost_12m lost_12m_before value_classes chances chance_test"),
        _needs("segments", "customers.segment"),
        _needs("sales_reps", SELLERS, by_person=True),
        _needs(
            "lost_12m.by_notice lost_12m.silently lost_12m_before.by_notice lost_12m_before.silently"
            " segments.by_notice value_classes.by_notice sales_reps.by_notice steps.identified_by_notice",
            NOTICES,
            named="notices",
        ),
        _needs("notices", NOTICES),
        _needs("notices.first_contact_on notices.days_to_contact", CONTACTS, uses="visits", named="notices_open"),
        _needs("notices_open notice_reactions", NOTICES, CONTACTS, uses="visits"),
        _needs("lost_12m.margin_year lost_12m.lifetime_margin lost_12m.margin_known", "orders.cost", named="margin"),
        _needs(
            "lost_12m_before.margin_year lost_12m_before.lifetime_margin lost_12m_before.margin_known",
            "orders.cost",
            named="margin_before",
        ),
        _needs("reasons avoidability call_list", "losses"),
        _needs("reason_known reason_known_before steps.reason_known", "losses"),
        _needs("departments", "losses", uses="losses.department"),
        _needs("competitors", "losses.competitor"),
        _needs("words", "losses.note", uses="losses.department losses.competitor losses.passed_on"),
        _needs("words.competitor", "losses.competitor", named="competitors"),
        _needs("words.days_to_department", "losses.passed_on", named="passed_on"),
        _needs("passed_on passed_on_days passed_on_departments", "losses.passed_on", uses="losses.department"),
        _needs("benefits"),
        _needs("benefits.reputation", "customers.referred_by", named="reputation"),
        _needs("benefits.competition", "losses.competitor", named="competition"),
        _needs("benefits.knowledge", "losses", named="knowledge"),
        _needs(
            "win_back", uses="customers.email_permission measures measures.cost measures.group costs losses.recoverable"
        ),
        _needs("win_back.expected_margin_gain", "orders.cost", named="margin"),
        _needs("contact_cost", "measures", "measures.cost | costs", uses="measures.cost costs measures.group"),
        _needs("contact_cost_source", uses="measures measures.cost costs"),
        _needs("steps", uses="costs"),
        _needs(
            "steps.contacted steps.measures_running steps.regained steps.regained_revenue steps.cost"
            " steps.second_loyalty",
            "measures",
            uses="measures.customer_id measures.group measures.cost measures.state",
        ),
    ),
    "cross_selling": (
        _needs("single_category without_category by_categories white_space", *CATEGORIES),
        _needs("potential potential_total affinity openings", *CATEGORIES),
        _needs(
            "steps",
            uses="order_lines products measures measures.state measures.expected_revenue measures.group measures.owner"
            " measures.due_on measures.customer_id",
        ),
        _needs("customer_contacts", "touchpoints.initiated_by", "offers"),
        _needs("departments", "touchpoints.department"),
        _needs("departments.begun_by_customers", "touchpoints.initiated_by", named="customer_contacts"),
        _needs("departments.followed", "touchpoints.initiated_by", "offers", named="customer_contacts"),
        _needs("suitability", "order_lines", "products.suitability"),
    ),
    "programme": (
        _needs("products revenue unassigned pareto", "order_lines", uses="products"),
        _needs("categories not_bought on_offer products.category", *CATEGORIES),
        _needs("new_products", "order_lines", "products.introduced_on"),
        _needs(
            "sales_reps",
            "order_lines",
            SELLERS,
            uses="products orders.sales_rep customers.sales_rep",
            by_person=True,
        ),
        _needs(
            "sales_reps.categories sales_reps.categories_per_customer sales_reps.categories_missing sales_reps.reach",
            *CATEGORIES,
        ),
    ),
    "segments": (
        _needs("by_fit", "customers.fit", named="fit"),
        _needs("by_motive", "customers.motive", named="motive"),
        _needs("by_fit.margin by_motive.margin", "orders.cost", named="margins"),
        _needs("by_fit.contacts by_motive.contacts", CONTACTS, uses="visits", named="contacts"),
        _needs("portfolio", "customers.potential", uses="customers.fit"),
        _needs("relationships", "orders.cost"),
        _needs(
            "relationships.cost_per_contact relationships.costly",
            "costs",
            CONTACTS,
            uses="visits",
            named="relationships",
        ),
        _needs("relationships.customers", uses="costs touchpoints visits"),
        _needs("relationships.customers.complaints", "feedback", named="complaints"),
        _needs("by_sales_rep", "orders.sales_rep", by_person=True),
        _needs("by_channel", "orders.channel"),
        _needs(
            "by_sales_rep.cancellation_rate by_sales_rep.return_rate by_channel.cancellation_rate"
            " by_channel.return_rate relationships.customers.returns",
            "orders.status",
            named="cancellations",
        ),
        _needs("demands", "customers.segment", uses="customers.email customers.email_permission"),
        _needs("demands.addressable demands.least_addressable", *REACHABILITY, named="addressable"),
        _needs("heavy_users"),
        _needs("services", "order_lines", "products.kind", uses="products.cost order_lines.quantity"),
        _needs("services.products.coverage", "products.cost", "order_lines.quantity", named="coverage"),
    ),
    "offers": (
        _needs(
            "open open_amount open_offers undated",
            "offers",
            uses="offers.decided_on offers.decision_due_on offers.followed_up_on offers.sales_rep",
        ),
        _needs(
            "hit_rate hit_rate_value hit_rate_before lost expired by_size",
            "offers.decided_on | offers.decision_due_on",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs(
            "silent open_offers.silent", "offers.decision_due_on", "offers.followed_up_on", uses="offers.decided_on"
        ),
        _needs(
            "follow_up",
            "offers.decided_on | offers.decision_due_on",
            "offers.followed_up_on",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs(
            "reasons price_share",
            "offers.decided_on | offers.decision_due_on",
            "offers.lost_reason",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs(
            "price_with_wish",
            "offers.decided_on | offers.decision_due_on",
            "offers.lost_reason",
            "offers.wishes",
            uses="offers.decided_on offers.decision_due_on",
            named="wishes",
        ),
        _needs(
            "wishes",
            "offers.decided_on | offers.decision_due_on",
            "offers.wishes",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs(
            "by_sales_rep",
            "offers.decided_on | offers.decision_due_on",
            "offers.sales_rep | customers.sales_rep",
            uses="offers.decided_on offers.decision_due_on offers.sales_rep customers.sales_rep",
            by_person=True,
        ),
        _needs(
            "by_customer",
            "offers.decided_on | offers.decision_due_on",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs(
            "not_followed_up not_followed_up_amount",
            "offers.followed_up_on",
            uses="offers.decided_on offers.decision_due_on",
            named="follow_up",
        ),
        _needs(
            "practices",
            "offers.decided_on | offers.decision_due_on",
            "offers.presented | offers.guarantees | offers.wishes | offers.followed_up_on",
            uses="offers.decided_on offers.decision_due_on offers.presented offers.guarantees offers.wishes"
            " offers.followed_up_on",
        ),
        _needs(
            "won_margin",
            "offers.decided_on | offers.decision_due_on",
            "offers.cost",
            uses="offers.decided_on offers.decision_due_on",
        ),
        _needs("enquiries", "enquiries.criteria", "enquiries.won"),
    ),
    "contacts": (
        _needs("classes overdue", CONTACTS, uses="visits customers.email_permission"),
        _needs("one_contact one_contact_a no_contact one_contact_customers", "contacts"),
        _needs("visits", "visits"),
        _needs("visits.by_sales_rep", "visits.sales_rep", named="visits_by_sales_rep", by_person=True),
        _needs(
            "visits.orders_per_visit visits.by_sales_rep.orders_per_visit visits.by_sales_rep.order_value"
            " visits.never_order_on_visits",
            "visits.order_id",
        ),
        _needs("decisions", "offers.decision_due_on", uses="offers.decided_on customers.email_permission"),
        _needs("birthdays", "contacts.birthday", uses="customers.email_permission"),
        _needs("address_faults"),
        _needs("address_faults.no_salutation", "contacts.salutation"),
        _needs("address_faults.capitals", "customers.name", uses="contacts"),
        _needs(
            "address_faults.contradictory_salutation",
            "contacts.salutation | customers.salutation",
            uses="contacts contacts.salutation customers.salutation customers.name",
        ),
        _needs("address_faults.duplicate", "customers.name | customers.email", uses="customers.name customers.email"),
    ),
    "prices": (
        _needs("one_percent"),
        _needs("settle_first", "feedback.resolved_on", uses="feedback.score"),
        _needs(
            "increases",
            "price_changes",
            uses="price_changes.product_id price_changes.category order_lines order_lines.quantity products",
        ),
        _needs(
            "sheets",
            "customers.supplier_rank | feedback | touchpoints | visits",
            uses="customers.supplier_rank customers.email_permission orders.promised_on orders.delivered_on order_lines"
            " products products.kind touchpoints visits feedback feedback.score feedback.resolved_on",
        ),
        _needs("sheets.supplier_rank", "customers.supplier_rank", named="supplier_rank"),
        _needs("sheets.fixed_until", "customers.price_fixed_until", named="agreements"),
        _needs("sheets.score", "feedback.score", named="score"),
        _needs("sheets.complaints_12m", "feedback", named="complaints"),
        _needs("sheets.open_complaints", "feedback.resolved_on", named="complaints"),
        _needs("sheets.last_contact", CONTACTS, uses="visits", named="last_contact"),
    ),
    "expectations": (
        _needs("satisfaction farewell", "feedback.score"),
        _needs("quarters", "feedback"),
        _needs("quarters.score quarters.satisfied", "feedback.score", named="satisfaction"),
        _needs("quarters.open", "feedback.resolved_on", named="resolution"),
        _needs("topics", "feedback.topic"),
        _needs(
            "topics.score topics.score_before topics.score_change_low topics.score_change_high",
            "feedback.score",
            named="satisfaction",
        ),
        _needs("segments", "feedback", "customers.segment", uses="feedback.score"),
        _needs(
            "segments.score segments.score_before segments.score_change_low segments.score_change_high",
            "feedback.score",
            named="satisfaction",
        ),
        _needs("resolution open_complaints", "feedback.resolved_on", uses="feedback.topic customers.email_permission"),
        _needs("promises_kept", *DELIVERIES),
    ),
    "sales_check": (
        _needs("core_yes core_n score counts compared_with flips potentials topics trend", "answers"),
        _needs("contradictions", "answers", uses="*"),
        _needs("answers measured", uses="*"),
        _needs("measured.contacts_recorded measured.two_contacts_at_a_customers", "contacts"),
        _needs("measured.decision_dates_on_open_offers", "offers.decision_due_on"),
        _needs("measured.feedback_after_large_orders", "feedback"),
        _needs("measured.programme_sold", "order_lines"),
        _needs("measured.visits_planned_by_importance", "visits"),
        _needs("measured.offers_followed_up", "offers.followed_up_on", "offers.decided_on"),
        _needs("measured.contact_coverage", CONTACTS, uses="visits"),
        _needs("measured.email_reachable", *REACHABILITY),
        _needs("measured.categories_per_customer", *CATEGORIES),
        _needs("measured.loss_reasons_known", "losses"),
        _needs("measured.win_back_running", "measures"),
    ),
    "ten_errors": (_needs("refuted confirmed untold beliefs", uses="*"),),
    "measures": (
        _needs(
            "status plan results",
            "measures",
            uses="order_lines products orders.cost customers.email_permission measures.state measures.due_on"
            " measures.cost measures.customer_id measures.group measures.owner",
            named="results",
        ),
        _needs("agenda", "measures", uses="*", named="results"),
        _needs("ideas", "measures.state", uses="measures.owner measures.expected_revenue"),
        _needs("ideas.owner", "measures.owner", named="owner"),
        _needs("ideas.expected_revenue", "measures.expected_revenue", named="expected_revenue"),
        _needs(
            "from_ideas",
            "measures.idea_on",
            uses="order_lines products measures.state measures.customer_id measures.group",
        ),
        _needs("status.controls", "measures.group", named="controls"),
        _needs("status.owner", "measures.owner", named="owner"),
        _needs("status.due_on", "measures.due_on", named="due_on"),
        _needs("status.state status.open from_ideas.state", "measures.state", named="state"),
        _needs("status.overdue status.of_last_quarter", "measures.due_on", "measures.state", named="overdue"),
        _needs("status.cost", "measures.cost", named="cost"),
        _needs("status.expected_revenue", "measures.expected_revenue", named="expected_revenue"),
        _needs("second_life", uses="measures measures.group"),
        _needs("retention_gain"),
        _needs(
            "retention_gain.extra_margin retention_gain.extra_margin_low retention_gain.extra_margin_high",
            "orders.cost",
            named="margin",
        ),
        _needs("cost_per_customer", "costs"),
    ),
    "reachability": (
        _needs("reachable address permission groups", *REACHABILITY),
        _needs("giving", "touchpoints.occasion", uses="visits"),
    ),
    "deliveries": (
        _needs("delivered mean_days overdue early on_time late difference_low difference_high", *DELIVERIES),
    ),
}
