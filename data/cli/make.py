#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Man pages and shell completions of a program, from what its own --help says, so that they cannot say anything else.

    make.py FORM PROGRAM OUTPUT [--template FILE] [--version VERSION]

FORM is man, bash, zsh or fish. A man page is the template with @VERBS@, @OPTIONS@ and @VERSION@ filled in."""
import argparse
import os
import re
import subprocess

# What an address may begin with (README.md, "Real devices").
SCHEMES = ('eth-stick://', 'wifi-stick://', 'hub://', 'power-magic://', 'psc://', 'rs485://', 'connext://', 'portal://',
           'system://', 'modbus-tcp://')
OPTION = re.compile(r'^  (?:-(?P<short>\w), )?--(?P<long>[\w-]+)(?:=(?P<value>\S+))?(?:\s{2,}(?P<text>.+))?$')
CHOICES = re.compile(r'[a-z0-9]+(\|[a-z0-9]+)+')


class Option:
    def __init__(self, found):
        self.short, self.long, self.value, self.text = found['short'], found['long'], found['value'], found['text'] or ''

    def choices(self):
        return self.value.split('|') if self.value and CHOICES.fullmatch(self.value) else []

    def takes_file(self):
        return bool(self.value) and 'FILE' in self.value.split('|')


class Verb:
    """A verb, or a verb of a verb ("history list"), with what its --help says."""

    def __init__(self, name, text):
        self.name = name
        usage = re.search(r'\[OPTION…\] ?(.*)', text)
        self.parameters = usage[1] if usage else ''
        # "list | check FILE…": words that stand for themselves.
        self.actions = re.findall(r'(?:^|\|)\s*([a-z][a-z-]*)', self.parameters)
        self.options = [Option(m) for m in map(OPTION.match, text.splitlines()) if m and m['long'] != 'help']
        blocks = text.strip().split('\n\n')
        self.summary = blocks[1].replace('\n', ' ') if len(blocks) > 1 else ''
        self.notes = blocks[-1].splitlines() if len(blocks) > 2 and 'Options:' not in blocks[-1] else []


def ask(program, *words):
    environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'ASAN_OPTIONS': 'detect_leaks=0'}
    return subprocess.run([program, *words, '--help'], env=environment, check=True, text=True, encoding='utf-8',
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60).stdout


def read_verbs(program, *words):
    """All verbs, in the order of the help; those that have verbs of their own are replaced by them."""
    name = os.path.basename(program)
    path = r'\ '.join(map(re.escape, (name, *words)))
    found = re.findall(rf'^  {path} ([a-z-]+)', ask(program, *words), re.MULTILINE)
    for word in found:
        below = [] if words else list(read_verbs(program, word))
        if below:
            yield from below
        else:
            yield Verb(' '.join((*words, word)), ask(program, *words, word))


def read(program):
    return list(read_verbs(program)) or [Verb('', ask(program))]


def stem(verbs):
    """The first words, each once."""
    return list(dict.fromkeys(verb.name.split()[0] for verb in verbs))


# --- man -----------------------------------------------------------------------------------------


def roff(text):
    text = text.replace('\\', r'\e').replace('-', r'\-').replace('…', '...').replace('“', r'\(lq').replace('”', r'\(rq')
    return '\\&' + text if text[:1] in ".'" else text


def man_option(option):
    names = ', '.join(rf'\fB{roff(n)}\fR' for n in ([f'-{option.short}'] if option.short else []) + [f'--{option.long}'])
    value = rf'=\fI{roff(option.value)}\fR' if option.value else ''
    return f'.TP\n{names}{value}\n{roff(option.text)}.\n'.replace('..\n', '.\n')


def man_verb(verb, name):
    parameters = f'\n{roff(verb.parameters)}' if verb.parameters else ''
    out = f'.SS {roff(verb.name)}\n.B {name} {roff(verb.name)}\n.RI [ OPTION... ]{parameters}\n.PP\n{roff(verb.summary)}\n'
    out += ''.join(map(man_option, verb.options))
    if verb.notes:
        out += '.PP\n' + '\n.br\n'.join(map(roff, verb.notes)) + '\n'
    return out


def make_man(program, verbs, template, version):
    name = os.path.basename(program)
    with open(template, encoding='utf-8') as file:
        page = file.read()
    if '@VERBS@' in page:
        page = page.replace('@VERBS@\n', ''.join(man_verb(verb, name) for verb in verbs))
    else:
        page = page.replace('@OPTIONS@\n', ''.join(map(man_option, verbs[0].options)))
    return page.replace('@VERSION@', version)


# --- completions ---------------------------------------------------------------------------------


def values_of(verb):
    """(names of options, what they take) of those that take something."""
    for option in verb.options:
        if option.value:
            yield [f'--{option.long}'] + ([f'-{option.short}'] if option.short else []), option


def bash_values(verb):
    out = ''
    for names, option in values_of(verb):
        action = '_plancia_files' if option.takes_file() else f'_plancia_words "{" ".join(option.choices())}"'
        out += f'      {"|".join(names)}) {action}; return ;;\n'
    return f'    case $previous in\n{out}    esac\n' if out else ''


def bash_verb(verb):
    options = ' '.join(f'--{o.long}' for o in verb.options) + ' --help'
    options += ''.join(f' -{o.short}' for o in verb.options if o.short)
    rest = f'_plancia_words "{" ".join(verb.actions)}"; _plancia_files more' if verb.actions else '_plancia_places'
    return (f'  "{verb.name}")\n{bash_values(verb)}    case $current in\n      -*) _plancia_words "{options}" ;;\n'
            f'      *) {rest} ;;\n    esac\n    ;;\n')


BASH = r'''# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of plancia-cli, made from its --help.
_plancia_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_plancia_files() {
  local IFS=$'\n'
  compopt -o filenames
  if [ "${1:-}" = more ]; then COMPREPLY+=($(compgen -f -- "$current")); else COMPREPLY=($(compgen -f -- "$current")); fi
}
# An address, a file or the name of a port.
_plancia_places() {
  _plancia_words "@SCHEMES@"
  [ ${#COMPREPLY[@]} -gt 0 ] && [ -n "$current" ] && compopt -o nospace || _plancia_files more
}
_plancia_cli() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}
  COMPREPLY=()
  # bash cuts --map=FILE into three words.
  if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
  if [ "$COMP_CWORD" = 1 ]; then
    _plancia_words "@STEM@ --help --version"
    return
  fi
  case $verb in
@FAMILIES@  esac
  case $verb in
@VERBS@  esac
}
complete -F _plancia_cli plancia-cli
'''


def families(verbs):
    """{"history": ["list", …]}"""
    found = {}
    for verb in verbs:
        words = verb.name.split()
        if len(words) > 1:
            found.setdefault(words[0], []).append(words[1])
    return found


def make_bash(verbs):
    groups = ''
    for name, members in families(verbs).items():
        groups += (f'  {name})\n    if [ "$COMP_CWORD" = 2 ]; then _plancia_words "{" ".join(members)} --help"; return; fi\n'
                   f'    verb="{name} ${{COMP_WORDS[2]}}"\n    ;;\n')
    return BASH.replace('@SCHEMES@', ' '.join(SCHEMES)).replace('@STEM@', ' '.join(stem(verbs))) \
        .replace('@FAMILIES@', groups).replace('@VERBS@', ''.join(map(bash_verb, verbs)))


def zsh_quote(text):
    return re.sub(r'([\[\]:\\])', r'\\\1', text).replace("'", "'\\''")


def zsh_option(option):
    value = ''
    if option.value:
        action = '_files' if option.takes_file() else f'({" ".join(option.choices())})' if option.choices() else ''
        value = f':{zsh_quote(option.value)}:{action}'
    sign = '=' if option.value else ''
    lines = [f"'*--{option.long}{sign}[{zsh_quote(option.text)}]{value}'"]
    if option.short:
        lines.append(f"'*-{option.short}[{zsh_quote(option.text)}]{value}'")
    return lines


def zsh_verb(verb):
    rest = f"'1:what:({' '.join(verb.actions)})' '*:file:_files'" if verb.actions else "'*:address or file:_plancia_places'"
    lines = [line for option in verb.options for line in zsh_option(option)] + ["'--help[Show help options]'", rest]
    return f'    ("{verb.name}")\n      _arguments ' + ' \\\n        '.join(lines) + '\n      ;;\n'


ZSH = r'''#compdef plancia-cli
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh completion of plancia-cli, made from its --help.
_plancia_places() {
  _alternative 'addresses:address:compadd -S "" @SCHEMES@' 'files:file:_files'
}
_plancia_cli() {
  local verb=$words[2]
  if (( CURRENT == 2 )); then
    local -a verbs=(@STEM@)
    _describe 'verb' verbs
    return
  fi
  shift words
  (( CURRENT-- ))
  case $verb in
@FAMILIES@  esac
  case $verb in
@VERBS@  esac
}
_plancia_cli "$@"
'''


def described(verbs, quote):
    """Each first word with what it does."""
    grouped = families(verbs)
    for word in stem(verbs):
        summary = 'What the history on this computer has' if word in grouped else \
            next(verb.summary for verb in verbs if verb.name == word)
        yield word, quote(summary.rstrip('.'))


def make_zsh(verbs):
    groups = ''
    for name, members in families(verbs).items():
        groups += (f'    ({name})\n      if (( CURRENT == 2 )); then compadd {" ".join(members)}; return; fi\n'
                   f'      verb="{name} $words[2]"\n      shift words\n      (( CURRENT-- ))\n      ;;\n')
    names = ' '.join(f"'{word}:{text}'" for word, text in described(verbs, zsh_quote))
    return ZSH.replace('@SCHEMES@', ' '.join(SCHEMES)).replace('@STEM@', names) \
        .replace('@FAMILIES@', groups).replace('@VERBS@', ''.join(map(zsh_verb, verbs)))


def fish_quote(text):
    return text.replace('\\', '\\\\').replace("'", "\\'")


def fish_verb(verb):
    words = verb.name.split()
    where = ' && '.join(f'__fish_seen_subcommand_from {word}' for word in words)
    out = ''
    for option in verb.options:
        short = f' -s {option.short}' if option.short else ''
        takes = '' if not option.value else ' -r -F' if option.takes_file() else \
            f" -x -a '{' '.join(option.choices())}'" if option.choices() else ' -x'
        out += f"complete -c plancia-cli -n '{where}'{short} -l {option.long}{takes} -d '{fish_quote(option.text)}'\n"
    if verb.actions:
        none = f'not __fish_seen_subcommand_from {" ".join(verb.actions)}'
        out += f"complete -c plancia-cli -n '{where} && {none}' -a '{' '.join(verb.actions)}'\n"
    else:
        out += f"complete -c plancia-cli -n '{where}' -a '{' '.join(SCHEMES)}'\n"
    return out


def make_fish(verbs):
    none = f'not __fish_seen_subcommand_from {" ".join(stem(verbs))}'
    out = '# SPDX-License-Identifier: GPL-3.0-or-later\n# fish completion of plancia-cli, made from its --help.\n'
    for word, text in described(verbs, fish_quote):
        out += f"complete -c plancia-cli -n '{none}' -f -a {word} -d '{text}'\n"
    out += f"complete -c plancia-cli -n '{none}' -l version -d 'Print the version and end'\n"
    out += "complete -c plancia-cli -l help -d 'Show help options'\n"
    for name, members in families(verbs).items():
        below = f'__fish_seen_subcommand_from {name} && not __fish_seen_subcommand_from {" ".join(members)}'
        out += f"complete -c plancia-cli -n '{below}' -f -a '{' '.join(members)}'\n"
    return out + ''.join(map(fish_verb, verbs))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('form', choices=('man', 'bash', 'zsh', 'fish'))
    parser.add_argument('program')
    parser.add_argument('output')
    parser.add_argument('--template')
    parser.add_argument('--version', default='')
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    verbs = read(program)
    if options.form == 'man':
        text = make_man(program, verbs, options.template, options.version)
    else:
        text = {'bash': make_bash, 'zsh': make_zsh, 'fish': make_fish}[options.form](verbs)
    with open(options.output, 'w', encoding='utf-8') as file:
        file.write(text)


main()
