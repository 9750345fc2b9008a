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
  ['anew', 'again, from scratch'],
  ['once more', 'again'],
  ['mends?|mended|mending', 'fix'],
  ['stands? in for|stand-ins?|standIn\\w*', 'simulates, fake'],
  ['(is|are|was|be) told of|learns? of', 'receives, is notified of'],
  ['looks? after|looked after', 'process'],
  ['cannot be had', 'is unavailable, is in use'],
  ['is read by nobody', 'is not a known setting'],
  ['whoever', 'the caller'],
])('“%s” is not written, but: %s', (word) => {
  const pattern = new RegExp(`\\b(${word})\\b`, 'i')
  expect(lines.filter(({ text }) => pattern.test(text)).map(({ where }) => where)).toEqual([])
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
