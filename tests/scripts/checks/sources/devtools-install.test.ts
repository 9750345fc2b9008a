import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installDevtools } from '../../../../scripts/checks/sources/devtools-install'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'devtools-install-'))
  writeLock('package-lock.json', '2.1.42')
  jest.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string) => path.join(folder, name)
const HIDDEN = 'node_modules/.package-lock.json'

function writeLock(name: string, version: string): void {
  mkdirSync(path.dirname(file(name)), { recursive: true })
  const packages = { 'node_modules/miniprogram-ci': { version } }
  writeFileSync(file(name), JSON.stringify({ packages }))
}

/** Writes an npm that notes its arguments, and then runs `program`. */
function npmThat(program: string): string {
  const npm = file('npm-cli.js')
  const note = `fs.writeFileSync(${JSON.stringify(file('called'))}, process.argv.slice(2).join(' '))`
  writeFileSync(npm, `const fs = require('fs')\n${note}\n${program}`)
  return npm
}

/** Writes an npm that installs as the lock says. */
const npm = () => {
  const [from, to] = ['package-lock.json', HIDDEN].map((name) => JSON.stringify(file(name)))
  const nodeModules = JSON.stringify(file('node_modules'))
  return npmThat(
    `fs.mkdirSync(${nodeModules}, { recursive: true }); fs.copyFileSync(${from}, ${to})`,
  )
}

describe("WeChat's compiler", () => {
  test('is installed from its lock, without scripts', () => {
    expect(installDevtools(folder, npm())).toBeUndefined()
    expect(readFileSync(file('called'), 'utf8')).toBe(
      `ci --prefix ${folder} --ignore-scripts --no-audit --no-fund`,
    )
  })

  test('is not installed again', () => {
    writeLock(HIDDEN, '2.1.42')
    expect(installDevtools(folder, npm())).toBeUndefined()
    expect(existsSync(file('called'))).toBe(false)
  })

  test('is installed again when the lock names another version', () => {
    writeLock(HIDDEN, '2.1.41')
    expect(installDevtools(folder, npm())).toBeUndefined()
    expect(existsSync(file('called'))).toBe(true)
  })

  test('is a problem when npm cannot install it, with the error of npm', () => {
    const failing = npmThat("console.error('npm warn old\\nnpm error network'); process.exit(1)")
    expect(installDevtools(folder, failing)).toEqual({
      severity: 'error',
      where: 'scripts/devtools',
      problem: "WeChat's compiler is not installed: npm error network",
      fix: expect.stringContaining('npm ci --prefix scripts/devtools'),
    })
  })

  test.each(['', '/opt/pnpm.cjs'])('is not installed by "%s", only by npm', (other) => {
    expect(installDevtools(folder, other)?.problem).toMatch(/only `npm run` can install it/)
  })
})

describe('its lock', () => {
  const readJson = (name: string) => JSON.parse(readFileSync(`scripts/devtools/${name}`, 'utf8'))
  const packages: Record<string, any> = readJson('package-lock.json').packages

  test('is of one version, since the check uses internals of it', () => {
    expect(readJson('package.json').dependencies).toEqual({ 'miniprogram-ci': '2.1.42' })
    expect(packages['node_modules/miniprogram-ci'].version).toBe('2.1.42')
  })

  test('holds the binaries of every platform', () => {
    const names = new Set(Object.keys(packages).map((place) => place.split('node_modules/').pop()))
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    )
    expect(missing).toEqual([])
  })

  test('names no registry, so that the developer’s own is used, and has the hash of each package', () => {
    const { '': own, ...installed } = packages
    expect(own.dependencies).toEqual({ 'miniprogram-ci': '2.1.42' })
    const odd = Object.values(installed).filter((one) => one.resolved || !one.integrity)
    expect(odd).toEqual([])
  })
})
