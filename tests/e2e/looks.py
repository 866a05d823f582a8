# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window or dialog must keep to, whoever looks at it: no word sticks out of it, none is in English where the program
has another for it, and each control has a name for a screen reader. The tree is walked once: each node is asked over the
bus, which takes its time."""
import re

import pyatspi

from window import TABLES, UNTRANSLATED, Missing, wait

# What a person does something with.
CONTROLS = {'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'text', 'entry', 'spin button',
            'slider', 'switch', 'menu', 'list', 'tree', 'table', 'tree table'}
# Without anything in them they are as good as not there.
LISTS = {'list', 'tree', 'table', 'tree table'}


def is_nameless(name):
    """The name of its class is what the toolkit says of a picture without words."""
    return not name or re.fullmatch(r'(Gtk|Adw|Plancia)[A-Z]\w*', name)


class Survey:
    """One walk over what is shown of a window."""

    def __init__(self, window):
        self.width = window.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width
        self.outside, self.english, self.nameless = [], [], []
        self.drawn = False
        self.words = 0
        self._children(window, window.getRoleName(), '')

    def _children(self, node, role, way):
        """Whether something in it has a name."""
        named = False
        for index in range(node.childCount if role not in TABLES else 0):
            child = node.getChildAtIndex(index)
            if child is not None:
                named = self._visit(child, role, way) or named
        return named

    def _visit(self, node, parent, way):
        role = node.getRoleName()
        try:
            component = node.queryComponent()
        except NotImplementedError:  # a line of a list that has no place of its own
            return self._children(node, role, way)
        box = component.getExtents(pyatspi.WINDOW_COORDS)
        # What is wider than the window is a page that is not shown and still has the size of another look.
        if not 0 < box.width <= self.width or not node.getState().contains(pyatspi.STATE_VISIBLE):
            return False
        name = node.name
        here = f'{way}/{name or role}'
        if name in UNTRANSLATED:
            self.english.append(name)
        if role == 'label':
            self._label(component, box, name)
        named = self._children(node, role, here)
        if role in CONTROLS and not named and is_nameless(name) and parent != role and (role not in LISTS or node.childCount):
            self.nameless.append(here)
        return named or not is_nameless(name)

    def _label(self, component, box, name):
        """What a bar leaves out where it is too narrow stays, for others, where it was in a wider one."""
        self.words += 1
        sticks = 0 <= box.x < self.width < box.x + box.width
        if (sticks or not self.drawn) and component.contains(box.x + 1, box.y + 1, pyatspi.WINDOW_COORDS):
            self.drawn = True
            if sticks:
                self.outside.append(name)


def check(window, words=True):
    """Objects vanish while one looks at them: then it is looked at again. words: whether they are the program's own."""
    found = wait(lambda: Survey(window), what='a whole look')
    if not found.drawn:
        raise Missing('no word is drawn')
    if found.outside:
        raise Missing(f'outside of the window: {found.outside}')
    if found.english and words:
        raise Missing(f'in English: {found.english}')
    if found.nameless:
        raise Missing(f'without a name: {found.nameless}')
    return found
