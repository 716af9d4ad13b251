import sys

from tests.house.source import imports, modules, name


def test_the_judge_of_our_paper_knows_nothing_but_python_and_pillow() -> None:
    foreign = {
        f"{name(path)}: {imported}"
        for path in modules("printers/simulator")
        for imported in imports(path)
        if imported.partition(".")[0] not in {*sys.stdlib_module_names, "PIL"}
        and not imported.startswith("printers.simulator.")
    }
    assert foreign == set()
