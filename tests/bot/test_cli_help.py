"""The command line helps at once, and tells what is wrong in one line with the right exit status."""

import subprocess
import sys

import click
import pytest

from bot import cli, exits


def test_help_lists_every_command_without_importing_what_is_heavy() -> None:
    code = (
        "import sys; from bot import cli; status = cli.run(['--help']); "
        "print('HEAVY', [m for m in ('telegram', 'sqlalchemy', 'onnxruntime', 'rich') if m in sys.modules]); "
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stdout
    for name in cli.COMMANDS:
        assert f"  {name} " in done.stdout


@pytest.mark.parametrize("name", ["ingest", "events", "review", "pairs", "job", "status"])
def test_help_of_a_command_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([name, "--help"]) == exits.OK
    assert "quwen" in capsys.readouterr().out.split("Example:")[1]


@pytest.mark.parametrize(
    "arguments", [["fly"], ["--fly"], ["job", "fly"], ["events", "--limit", "0"], ["ingest"]]
)
def test_asked_wrongly_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == exits.USAGE
    assert "Error:" in capsys.readouterr().err


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == exits.OK
    assert capsys.readouterr().out.startswith("quwen")


def test_a_wrong_setting_is_one_line_and_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUWEN_ZONE", "Nowhere")
    assert cli.run(["status"]) == exits.USAGE
    said = capsys.readouterr().err
    assert said.startswith("quwen: QUWEN_ZONE is wrong: 'Nowhere'")
    assert said.count("\n") == 1


def failing(error: BaseException) -> click.Command:
    """A command that raises."""

    def fail() -> None:
        raise error

    return click.Command("status", callback=fail)


def run_failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: failing(error))
    return cli.run(["status"])


def test_expected_errors_have_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from telegram.error import InvalidToken, NetworkError

    from storage.errors import LockedDatabase

    for error, words in (
        (LockedDatabase("the file is held\nby another"), "the file is held by another"),
        (InvalidToken("Not Found"), "QUWEN_TOKEN"),
        (NetworkError("httpx.ConnectError: refused"), "QUWEN_BOT_API_URL"),
    ):
        assert run_failing(monkeypatch, error) == exits.FAILED
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1


def test_an_unexpected_error_shows_its_traceback_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "123456789:AAbbCCdd-sesame_0123456789012345"
    assert run_failing(monkeypatch, RuntimeError(f"https://x/bot{token}/y")) == exits.FAILED
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "sesame" not in said


def test_interrupted_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(monkeypatch, KeyboardInterrupt()) == exits.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = (
        "import click; from bot import cli; "
        "cli.LazyGroup.get_command = lambda *_: click.Command('x', callback=lambda: print('y' * 10**6)); "
        "cli.main(['x'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == exits.PIPE_CLOSED
