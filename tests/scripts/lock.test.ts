import { readFileSync } from 'node:fs'

interface Locked {
  version: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const manifest = readJson('package.json')
const packages: Record<string, Locked> = readJson('package-lock.json').packages

test('every dependency is pinned to one version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies }
  for (const version of Object.values(all)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('CONTRIBUTING.md gives a reason for every dependency and every override', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const [, listed = ''] = text.split('\n## Dependencies\n')
  const rows = listed.split('\n').filter((line) => line.startsWith('| `'))
  const subjects = rows.map((row) => row.split('|')[1]!)
  const named = (list: string[]) => list.flatMap((cell) => cell.match(/`[^`]+`/g) ?? []).sort()
  const quoted = (names: string[]) => names.map((name) => `\`${name}\``)
  const { 'wx-js-utils': inUtils, ...overrides } = manifest.overrides
  const replaced = [...Object.keys(overrides), ...Object.keys(inUtils)]
  const all = [
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    ...replaced,
  ]
  const others = ['@cypress/request', 'wx-js-utils']
  expect(named(subjects)).toEqual(quoted([...all, ...others]).sort())
})

test('the lock holds the binaries of every platform, not only of the one it was made on', () => {
  const names = new Set(Object.keys(packages).map((place) => place.split('node_modules/').pop()))
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).filter((name) => !names.has(name)),
  )
  expect(missing).toEqual([])
})

test('the lock names no registry but npm’s public one', () => {
  const addresses = Object.values(packages).flatMap(({ resolved }) => resolved ?? [])
  const foreign = addresses.filter((address) => !address.startsWith('https://registry.npmjs.org/'))
  expect(foreign).toEqual([])
})
