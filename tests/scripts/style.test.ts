import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { project } from '../support/project'

/* The words and names that CONTRIBUTING.md asks for. */

const files = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: project.root,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((file) => /\.(ts|cjs|mjs|md|wxs|wxml|wxss|css)$/.test(file))
  .filter((file) => file !== 'tests/scripts/style.test.ts')
  .filter((file) => existsSync(path.join(project.root, file)))

interface Line {
  file: string
  where: string
  text: string
}

const lines: Line[] = files.flatMap((file) =>
  readFileSync(path.join(project.root, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ file, where: `${file}:${index + 1}`, text })),
)

test.each([
  { word: 'anew', pattern: /\banew\b/i, instead: 'again, from scratch' },
  { word: 'once more', pattern: /\bonce more\b/i, instead: 'again' },
  { word: 'mend', pattern: /\b(mends?|mended|mending)\b/i, instead: 'fix' },
  {
    word: 'stand in for',
    pattern: /\b(stands? in for|stand-ins?|standIn\w*)\b/i,
    instead: 'simulates, fake',
  },
  {
    word: 'is told of',
    pattern: /\b((is|are|was|be) told of|learns? of)\b/i,
    instead: 'receives, is notified of',
  },
  { word: 'look after', pattern: /\b(looks? after|looked after)\b/i, instead: 'process' },
  { word: 'cannot be had', pattern: /\bcannot be had\b/i, instead: 'is unavailable, is in use' },
  {
    word: 'is read by nobody',
    pattern: /\bis read by nobody\b/i,
    instead: 'is not a known setting',
  },
  { word: 'whoever', pattern: /\bwhoever\b/i, instead: 'the caller' },
])('“$word” is not written, but: $instead', ({ pattern }) => {
  expect(lines.filter(({ text }) => pattern.test(text)).map(({ where }) => where)).toEqual([])
})

test('what is sent back is named a reply, not an answer', () => {
  const declaration = /\b(?:interface|type|class|function|const|let) \w*answer/i
  const found = lines.filter(
    ({ file, text }) => /\.(ts|cts|cjs|mjs)$/.test(file) && declaration.test(text),
  )
  expect(found.map(({ where }) => where)).toEqual([])
})

test('module constants that are texts, numbers or patterns are UPPER_CASE', () => {
  const constant = /^(?:export )?const ([a-z]\w*)(?:: [^=]+)? = (?:['"0-9]|\/[^/*]|-[0-9])/
  const isSource = (file: string) =>
    /^(cloudfunctions|miniprogram|project|scripts|simulator)\/.*\.ts$/.test(file) &&
    // The deployer's file: its names are those of WeChat's API.
    file !== 'miniprogram/config.ts'
  const found = lines.filter(({ file, text }) => isSource(file) && constant.test(text))
  expect(found.map(({ where }) => where)).toEqual([])
})
