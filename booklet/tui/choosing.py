"""What one key press makes of an answer, and how it is said: data to data, for the pages."""

from booklet.questions import NO, PARTS, TOPICS, YES, Answers, Question, Questions, parts_of, shown


def toggled(question: Question, answer: tuple[str, ...], value: str) -> tuple[str, ...]:
    """The answer with one of its options chosen or un-chosen, in the order of the list.

    Where a list has an answer that says "not sure", that one and the others shut each other out.
    """
    if question.kind == "one":
        return (value,)
    usual = question.default[0] if len(question.default) == 1 else None
    if value == usual:
        return question.default
    wanted = set(answer) ^ {value}
    if usual is not None:
        wanted = wanted - {usual} or {usual}
    return tuple(option.value for option in question.options if option.value in wanted)


def parts(asked: Questions, answers: Answers, topic: str) -> tuple[str, ...]:
    """The parts of a topic that are in the booklet as it is answered."""
    question = asked.get(parts_of(topic))
    if question is None or topic not in answers[TOPICS]:
        return ()
    return answers[question.key] if answers[PARTS] == (YES,) else question.default


def with_part(asked: Questions, answers: Answers, topic: str, part: str) -> Answers:
    """The answers with one part of a topic chosen or un-chosen; a topic without parts is not in the booklet."""
    question = asked[parts_of(topic)]
    wanted = set(parts(asked, answers, topic)) ^ {part}
    chosen = tuple(option.value for option in question.options if option.value in wanted)
    topics = set(answers[TOPICS]) | {topic} if chosen else set(answers[TOPICS]) - {topic}
    return _with_topics(asked, {**answers, question.key: chosen or question.default}, topics)


def with_topic(asked: Questions, answers: Answers, topic: str) -> Answers:
    """The answers with a topic chosen whole, or un-chosen."""
    question = asked.get(parts_of(topic))
    whole = {question.key: question.default} if question else {}
    return _with_topics(asked, {**answers, **whole}, set(answers[TOPICS]) ^ {topic})


def _with_topics(asked: Questions, answers: Answers, topics: set[str]) -> Answers:
    chosen = tuple(option.value for option in asked[TOPICS].options if option.value in topics)
    keys = [parts_of(topic) for topic in chosen if parts_of(topic) in asked]
    divided = any(answers[key] != asked[key].default for key in keys)
    return {**answers, TOPICS: chosen, PARTS: (YES if divided else NO,)}


def change_in_words(question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Such as "removed Trials"; what was typed is never said again."""
    labels = {option.value: option.label for option in question.options}
    if question.kind == "many":
        added = [labels[value] for value in after if value not in before]
        removed = [labels[value] for value in before if value not in after]
        said = [f"{verb} {', '.join(names)}" for verb, names in (("chose", added), ("removed", removed)) if names]
        return " and ".join(said)
    if question.kind == "one":
        return f"{question.label}, {shown(question, after)}"
    return f"what you typed for {question.label}"


def topics_in_words(asked: Questions, answers: Answers) -> list[str]:
    """Each topic that was chosen, with its parts where it is not whole."""
    said = []
    for option in asked[TOPICS].options:
        if option.value in answers[TOPICS]:
            question = asked.get(parts_of(option.value))
            inside = parts(asked, answers, option.value)
            whole = question is None or inside == question.default
            said.append(option.label if question is None or whole else f"{option.label}: {shown(question, inside)}")
    return said


def told(question: Question, answers: Answers) -> bool:
    """Whether somebody answered otherwise than usual."""
    return answers.get(question.key, ()) not in ((), question.default)


def children(asked: Questions, gate: Question) -> list[Question]:
    """The questions that a gate opens."""
    return [question for question in asked.values() if (gate.key, YES) in question.when and gate.gate]
