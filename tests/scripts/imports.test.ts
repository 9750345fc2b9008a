import { findCircle, imports, sourceFiles } from '../support/import-graph'

/* The direction of imports between the project's parts, types included, and that no circle exists. */

/** The part of the project that a file belongs to. */
const partOf = (file: string) => file.split('/')[0]!

/** The first `depth` folders of a file's path. */
const folderOf = (file: string, depth: number) =>
  file.split('/').slice(0, -1).slice(0, depth).join('/')

test('a circle is found, however long', () => {
  expect(
    findCircle([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['d', 'a'],
    ]),
  ).toEqual(['b', 'c', 'b'])
  expect(
    findCircle([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ]),
  ).toBeUndefined()
})

test('no file imports itself through others', () => {
  expect(imports.length).toBeGreaterThan(500)
  expect(findCircle(imports.map(({ from, to }) => [from, to]))).toBeUndefined()
})

test('the parts import each other in one direction', () => {
  const targets = new Map<string, Set<string>>()
  for (const { from, to } of imports) {
    const others = targets.get(partOf(from)) ?? new Set()
    if (partOf(to) !== partOf(from)) others.add(partOf(to))
    targets.set(partOf(from), others)
  }
  const sorted = [...targets].map(([part, others]) => [part, [...others].sort()])
  expect(Object.fromEntries(sorted)).toEqual({
    cloudfunctions: ['typings'],
    miniprogram: ['typings'],
    project: ['typings'],
    scripts: ['cloudfunctions', 'project', 'simulator', 'typings'],
    simulator: ['project'],
  })
})

test('cloud and phone know the contract by its types alone', () => {
  const values = imports.filter(({ to, typeOnly }) => partOf(to) === 'typings' && !typeOnly)
  expect(values.map(({ from }) => from)).toEqual([])
})

test.each([
  ['simulator', 2],
  ['simulator/phone', 3],
  ['simulator/cloudbase', 3],
  ['simulator/wechat-pay', 3],
  ['scripts', 2],
  ['scripts/checks', 3],
  ['miniprogram', 2],
  ['cloudfunctions', 2],
] as const)('the folders of %s import each other in one direction', (part, depth) => {
  const edges = imports
    .filter(({ from, to }) => [from, to].every((file) => file.startsWith(`${part}/`)))
    .map(({ from, to }) => [folderOf(from, depth), folderOf(to, depth)] as const)
    // A folder's own files, such as its index.ts, may use what is further inside.
    .filter(([from, to]) => from !== to && from !== part && to !== part)
  expect(findCircle(edges)).toBeUndefined()
})

test.each(['build', 'deploy', 'doctor', 'setup-cloud', 'verify'])(
  'npm run %s needs nothing of the simulator',
  (command) => {
    const reached = new Set<string>()
    const visit = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const { from, to } of imports) if (from === file) visit(to)
    }
    visit(`scripts/${command}.ts`)
    expect(reached.size).toBeGreaterThan(3)
    expect([...reached].filter((file) => partOf(file) === 'simulator')).toEqual([])
  },
)

test('every source is reached from an entry point', () => {
  const isEntry = (file: string) =>
    /^scripts\/[\w-]+\.ts$|^cloudfunctions\/[\w-]+\/src\/index\.ts$|\.d\.ts$/.test(file) ||
    /^miniprogram\/(app|(pages|components)\/[\w-]+\/index)\.ts$/.test(file) ||
    // What the simulator bundles for worker threads and for the browser, and what the bench starts.
    file === 'simulator/cloudbase/functions/worker/main.ts' ||
    file === 'scripts/bench/backend-alone.ts' ||
    file === 'simulator/phone/runtime/index.ts'
  const reached = new Set(sourceFiles.filter(isEntry))
  for (const file of reached) {
    for (const { from, to } of imports) if (from === file) reached.add(to)
  }
  expect(sourceFiles.filter((file) => !reached.has(file))).toEqual([])
})
