import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isOld } from '../../../scripts/command-line/node-version.cjs'

const { engines, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  engines: { node: string }
  scripts: Record<string, string>
}

test.each([
  ['10.24.1', true],
  ['18.20.4', true],
  ['20.9.0', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['21.0.0', false],
  ['22.4.1', false],
  ['100.0.0', false],
])('Node %s is too old: %s', (version, expected) => {
  expect(isOld(version, '>=20.19')).toBe(expected)
})

describe('with a Node that is too old', () => {
  let folder: string
  /** A module that makes this Node say that it is 18.20.4, and that it cannot load esbuild. */
  let oldNode: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'old-node-'))
    oldNode = path.join(folder, 'old-node.cjs')
    writeFileSync(
      oldNode,
      `const versions = { ...process.versions, node: '18.20.4' }
       Object.defineProperty(process, 'versions', { value: versions })
       const { _load } = require('node:module')
       require('node:module')._load = (name, ...rest) => {
         if (name === 'esbuild') throw new TypeError('ERR_INVALID_ARG_TYPE')
         return _load(name, ...rest)
       }`,
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(Object.entries(scripts))(
    'npm run %s says one sentence and ends with 1',
    (_, script) => {
      const [program, ...args] = script.split(' && ')[0]!.split(' ')
      expect(program).toBe('node')
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--require', oldNode, ...args],
        { encoding: 'utf8' },
      )
      expect(stderr).toBe(
        `This project needs Node ${engines.node.slice(2)} or later, and this is Node 18.20.4: install a newer one, then run npm ci.\n`,
      )
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    },
  )
})

test.each(['scripts/run.cjs', 'scripts/command-line/node-version.cjs'])(
  '%s checks the version before it uses anything that an old Node lacks',
  (file) => {
    const [before = ''] = readFileSync(file, 'utf8').split('requireNode()')
    expect(before).not.toMatch(/require\('node:|\?\.|\?\?|\bimport\b/)
  },
)
