import pytest

from serve import desks, samples


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """One desk for all tests of a process, opened as its user does."""
    with desks.running(tmp_path_factory.mktemp("desk")) as started:
        started.log_in()
        yield started


@pytest.fixture(scope="session")
def books(tmp_path_factory):
    """Workbooks of one town: sound, with a figure that diagnosis locates, and with something to explain."""
    return samples.write(tmp_path_factory.mktemp("books"))
