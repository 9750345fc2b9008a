import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { measureColdStarts } from '../../../scripts/bench/cold-start'
import { measureDocuments } from '../../../scripts/bench/documents'
import { formatTable, type Row } from '../../../scripts/bench/measurement'
import { MEASUREMENTS } from '../../../scripts/bench/measurements'
import { measurePackage } from '../../../scripts/bench/package-size'
import { PAGE, withTable } from '../../../scripts/bench/performance-page'
import { measureReconcile } from '../../../scripts/bench/reconcile'
import { longestChain, measureRemoteCalls } from '../../../scripts/bench/remote-calls'
import { measureStart } from '../../../scripts/bench/start'
import { project } from '../../support/project'
import { openShop, type TestShop } from '../../support/shop'

type Name = keyof typeof MEASUREMENTS

/** A measurement, as short as it can be. */
interface Short {
  measure: () => Promise<Row[]>
  /** the columns whose figures are the same in every run: those on the page must be right */
  exact?: readonly number[]
}

const SHORT: Record<Name, Short> = {
  'cold-start': { measure: () => measureColdStarts(project.root, 1) },
  'remote-calls': {
    measure: () => withTestShop((shop) => measureRemoteCalls(shop, 0)),
    exact: [1],
  },
  reconcile: { measure: () => withTestShop((shop) => measureReconcile(shop, 4, 1)) },
  documents: {
    measure: () => withTestShop((shop) => measureDocuments(shop, project, [2, 4, 6])),
    exact: [0, 1, 2],
  },
  start: { measure: () => measureStart(project.root, 1) },
  'package-size': { measure: async () => measurePackage(project.root) },
}

/** Opens a shop with the functions that this run of tests has bundled. */
async function withTestShop<T>(work: (shop: TestShop) => Promise<T>): Promise<T> {
  const shop = await openShop()
  try {
    return await work(shop)
  } finally {
    await shop.close()
  }
}

const page = readFileSync(path.join(project.root, PAGE), 'utf8')

/** Returns the cells of the page's table of a measurement, without those of the rule. */
function tableOf(name: string): string[][] {
  const [, section = ''] = page.split(`<!-- npm run bench -- ${name} -->`)
  const [table = ''] = section.split('<!-- end -->')
  const lines = table.split('\n').filter((line) => /^\|(?! -)/.test(line))
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

describe.each(Object.keys(SHORT) as Name[])('%s', (name) => {
  const { columns } = MEASUREMENTS[name]
  const { measure, exact = [] } = SHORT[name]

  test('has a figure for each column, and the page has its rows and its counts', async () => {
    const rows = await measure()
    for (const { values } of rows) {
      expect(values.map(Number.isFinite)).toEqual(columns.map(() => true))
      // A ratio of two short times can be anything
      const isSane = (value: number, n: number) => columns[n]!.kind === 'ratio' || value > 0
      expect(values.every(isSane)).toBe(true)
    }
    const [head, ...body] = tableOf(name)
    expect(head).toEqual(['', ...columns.map(({ title }) => title)])
    expect(body.map(([what]) => what)).toEqual(rows.map(({ what }) => what))
    for (const [n, { values }] of rows.entries()) {
      const onPage = exact.map((column) => body[n]![column + 1])
      expect(onPage).toEqual(exact.map((column) => String(values[column])))
    }
  }, 90_000)
})

test('the page has no other tables', () => {
  const names = [...page.matchAll(/<!-- npm run bench -- (\S+) -->/g)].map(([, name]) => name)
  expect(names).toEqual(Object.keys(MEASUREMENTS))
})

test.each([
  [[], 0],
  [[[0, 1]], 1],
  // Beside each other, and the third after the first only
  [
    [
      [0, 2],
      [1, 3],
      [2, 4],
    ],
    2,
  ],
  // A call that waits for another is one with it
  [
    [
      [0, 9],
      [3, 4],
      [10, 11],
    ],
    2,
  ],
  [
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
    3,
  ],
  // Never answered
  [
    [
      [0, 1],
      [1, Infinity],
    ],
    2,
  ],
] as const)('the longest chain of the calls %j has %i', (calls, length) => {
  expect(longestChain(calls.map(([from, to]) => ({ from, to })))).toBe(length)
})

test('a table is aligned, and each kind of figure has its format', () => {
  const columns = [
    { title: 'time', kind: 'ratio' },
    { title: 'orders', kind: 'count' },
    { title: 'size', kind: 'bytes' },
  ] as const
  const rows = [
    { what: 'one', values: [0.127, 12_345, 1] },
    { what: 'another', values: [14, 3, 2_000_000] },
  ]
  expect(formatTable(columns, rows)).toEqual([
    '|         |  time | orders |     size |',
    '| ------- | ----: | -----: | -------: |',
    '| one     |  0.13 | 12,345 |     1 KB |',
    '| another | 14.00 |      3 | 1,954 KB |',
  ])
})

test('writing a table leaves all other text of the page', () => {
  const marked = '# A\n\n<!-- npm run bench -- b -->\n\nold\n\n<!-- end -->\n\nC\n'
  const written = '# A\n\n<!-- npm run bench -- b -->\n\nnew\n\n<!-- end -->\n\nC\n'
  expect(withTable(marked, 'b', ['new'])).toBe(written)
  expect(() => withTable(marked, 'd', ['new'])).toThrow(
    'docs/performance.md has no place for the table: write <!-- npm run bench -- d --> and <!-- end --> in two lines.',
  )
})

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.cjs', 'scripts/bench.ts', ...args], {
    cwd: project.root,
    encoding: 'utf8',
  })

test('--help lists the measurements', () => {
  const { stdout } = bench('--help')
  for (const [name, { title }] of Object.entries(MEASUREMENTS)) {
    expect(stdout).toMatch(new RegExp(`^  ${name} +${title}$`, 'm'))
  }
})

test('measures only what is named, and refuses a name that there is not', () => {
  const { title } = MEASUREMENTS['package-size']
  expect(bench('package-size').stdout).toMatch(new RegExp(`^\n${title}:\n\n\\|`))
  const { status, stderr } = bench('package-size', 'speed')
  expect(stderr).toBe(
    'There is no measurement speed. There are: cold-start, remote-calls, reconcile, documents, start, package-size\n',
  )
  expect(status).toBe(1)
})
