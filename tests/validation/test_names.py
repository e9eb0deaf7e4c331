"""Names may lie in a file outside git: joined by id where it is there, ids instead where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.pipeline import build_report, load_client
from retention_reports.reading.past import data_at, data_place
from tests.support.builds import QUARTER, build, report, repository_with_clients
from tests.support.folders import load, problems, write_client
from tests.support.repositories import commit, run_git

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = 'name = "Client"\n[files.names]\n'
CUSTOMERS = "customer_id,segment\nK1,a\nK2,b\n"
NAMES = """customer_id,name,email,contact,phone,birthday,salutation
K1,Anna Berg,anna@berg.example,,,,Frau
K1,,zoe@berg.example,Zoe Weiss,0171 5,1961-03-04,Frau
K2,Bernd Buche,,,,,
K9,Nobody known,,,,,
"""
LATER = "2026-04-20T12:00:00+02:00"


def test_customers_and_contacts_are_named_by_the_file(tmp_path: Path) -> None:
    folder = load(tmp_path, CLIENT, customers=CUSTOMERS, names=NAMES)

    customers, contacts = folder.tables["customers"], folder.tables["contacts"]
    assert customers["name"].tolist() == ["Anna Berg", "Bernd Buche"]
    assert customers["email"].tolist() == ["anna@berg.example", ""]
    assert contacts[["customer_id", "name", "email", "phone", "customer"]].to_numpy().tolist() == [
        ["K1", "Zoe Weiss", "zoe@berg.example", "0171 5", 0]
    ]
    assert str(contacts["birthday"][0].date()) == "1961-03-04"
    assert {"name", "email", "salutation"} <= folder.given_columns["customers"]
    assert "birthday" in folder.given_columns["contacts"]
    assert "names" not in folder.tables
    assert [file.path for file in folder.outside_git] == ["names.csv"]
    assert "names.csv" not in {file.path for file in folder.files}


def test_a_name_in_the_list_of_customers_stays_and_contacts_are_added_to_those_there_are(tmp_path: Path) -> None:
    contacts = "customer_id,name\nK2,Carl\n"
    folder = load(tmp_path, names=NAMES, contacts=contacts)

    assert folder.tables["customers"]["name"].tolist() == ["Anna", "Bernd"]
    assert folder.tables["contacts"]["name"].tolist() == ["Carl", "Zoe Weiss"]


def test_without_the_file_customers_are_called_by_their_ids_and_it_is_said(tmp_path: Path) -> None:
    folder = load(tmp_path, CLIENT, customers=CUSTOMERS)

    assert folder.tables["customers"]["name"].tolist() == ["K1", "K2"]
    assert "contacts" not in folder.tables
    assert folder.warnings == ()
    assert [remark.kind for remark in folder.remarks] == ["names elsewhere"]
    assert folder.remarks[0].location.line == 2


def test_columns_are_mapped_and_ids_are_settled_as_in_other_files(tmp_path: Path) -> None:
    client = 'name = "C"\n[files.names]\npath = "who.csv"\n[files.names.columns]\nname = "Firma"\n'
    names = "customer_id,Firma\nK1.0,Anna\n".replace("K1.0", "17.0")
    folder = load(
        tmp_path,
        client,
        customers="customer_id,segment\n17,a\n",
        orders="order_id,customer_id,ordered_on,amount\n1,17,2026-01-05,1.00\n",
        who=names,
    )

    assert folder.tables["customers"]["name"].tolist() == ["Anna"]


def test_faults_of_the_file_are_told_at_their_place(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, CLIENT, customers=CUSTOMERS, names="customer_id,contact,birthday\nK1,Zoe,31.31.1961\n")

    assert told.startswith("names.csv:2:birthday: ")


def _repository(place: Path) -> Path:
    root = repository_with_clients(place, "acme")
    (root / ".gitignore").write_text("names.csv\nreports/\n", encoding="utf-8")
    (root / "data/acme/customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    commit(root, date=LATER)
    return root


def test_the_report_is_of_the_commit_with_names_and_without_and_can_be_verified(tmp_path: Path) -> None:
    root = _repository(tmp_path)
    plain = build_report(load_client(root / "data/acme"), load_client(root / "data/acme").newest_quarter, ("html",))
    (root / "data/acme/names.csv").write_text(NAMES, encoding="utf-8")

    client = load_client(root / "data/acme")
    named = build_report(client, client.newest_quarter, ("html",))

    assert client.provenance.changed == ()
    assert b"Anna Berg" in named[f"acme-{QUARTER}.html"]
    assert b"Anna Berg" not in plain[f"acme-{QUARTER}.html"]
    assert b"K1" in plain[f"acme-{QUARTER}.html"]
    assert build(root, formats="html,json").exit_code == 0
    verified = CliRunner().invoke(main, ["verify", str(report(root, "acme")), "--data", str(root / "data")])
    assert verified.exit_code == 0, verified.output
    with data_at(data_place(root / "data", "HEAD"), ("acme",)) as past:
        assert (past.folder / "acme/names.csv").read_text("utf-8") == NAMES


def test_a_file_of_names_under_git_is_warned_of(tmp_path: Path) -> None:
    root = _repository(tmp_path)
    (root / "data/acme/names.csv").write_text(NAMES, encoding="utf-8")
    assert load_client(root / "data/acme").warnings == ()

    run_git(root, "add", "--force", "data/acme/names.csv")
    commit(root, date=LATER)

    (warning,) = load_client(root / "data/acme").warnings
    assert warning.location.path.endswith("acme/names.csv")
    assert "under git" in str(warning.message)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = write_client(tmp_path, CLIENT, customers=CUSTOMERS)
    (tmp_path / "elsewhere.csv").write_text(NAMES, encoding="utf-8")
    (folder / "names.csv").symlink_to(tmp_path / "elsewhere.csv")

    assert "leads out" in problems(tmp_path, CLIENT, customers=CUSTOMERS)[0]
