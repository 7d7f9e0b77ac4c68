def _panel(title, y, **more):
    return {"type": "stat", "title": title, "gridPos": {"x": 0, "y": y, "w": 6, "h": 4}, **more}


def test_panels_after_a_row_belong_to_it(read):
    row = {"type": "row", "title": "Below"}
    sections = read(panels=[_panel("a", 0), row, _panel("b", 9)]).sections
    assert [(s.title, [p.title for p in s.panels]) for s in sections] == [
        ("", ["a"]),
        ("Below", ["b"]),
    ]
    assert sections[1].panels[0].grid.y == 0


def test_a_collapsed_row_carries_its_panels(read):
    row = {"type": "row", "title": "R", "collapsed": True, "panels": [_panel("inside", 5)]}
    (section,) = read(panels=[row]).sections
    assert section.collapsed
    assert [panel.title for panel in section.panels] == ["inside"]


def test_panels_with_one_id_or_none_get_ids_of_their_own(read):
    panels = [_panel("a", 0, id=2), _panel("b", 0, id=2), _panel("c", 0)]
    (section,) = read(panels=panels).sections
    assert [panel.id for panel in section.panels] == [2, 3, 4]


def test_old_rows_become_sections_with_spans_of_twelve(read):
    panels = [{"type": "graph", "span": 6}, {"type": "graph", "span": 6}, {"type": "graph"}]
    rows = [{"title": "Old", "showTitle": True, "height": "300px", "panels": panels}]
    (section,) = read(rows=rows).sections
    places = [(p.grid.x, p.grid.y, p.grid.w, p.grid.h) for p in section.panels]
    assert section.title == "Old"
    assert places == [(0, 0, 12, 10), (12, 0, 12, 10), (0, 10, 24, 10)]
