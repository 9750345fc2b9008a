import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { bundleOptions, functionEntry, functionNames } from '../../../project/functions'
import { buildEntry } from '../../../scripts/build/build-function'
import { DECISIONS } from '../../../scripts/build/decisions'
import { decisionOf, moduleOf } from '../../../scripts/build/defer-modules'
import { project } from '../../support/project'
import type { calls as Calls } from './left-out-calls'

const folder = mkdtempSync(path.join(tmpdir(), 'decisions-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// As in the cloud: elsewhere the SDK first asks which machine it is on.
Object.assign(process.env, {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: 'shop',
})

const LEFT_OUT = DECISIONS.filter(({ how }) => how === 'left out').map(({ module }) => module)

/** Loads a built code. */
function load(name: string, code: string): any {
  const file = path.join(folder, `${name}.js`)
  writeFileSync(file, code)
  return require(file)
}

describe('what is left out', () => {
  let calls: typeof Calls
  beforeAll(async () => {
    const entry = path.join(__dirname, 'left-out-calls.ts')
    calls = load('calls', (await buildEntry(project, 'calls', entry)).code).calls
  })

  test('throws an error that names it, whatever calls it', async () => {
    const thrown: Record<string, unknown> = {}
    for (const [name, [, call]] of Object.entries(calls)) {
      thrown[name] = await Promise.resolve()
        .then(call)
        .then(() => 'nothing', String)
    }
    const expected = Object.entries(calls).map(([name, [module]]) => {
      const message = `${module} is left out of this build: see scripts/build/decisions.ts`
      return [name, expect.stringContaining(message)]
    })
    expect(thrown).toEqual(Object.fromEntries(expected))
  })

  test('is all called above', () => {
    const called = new Set(Object.values(calls).map(([module]) => module))
    expect([...called].sort()).toEqual([...LEFT_OUT].sort())
  })
})

test.each(functionNames(project.cloudfunctionRoot))(
  'nothing that is decided about is evaluated when %s is loaded',
  async (name) => {
    const decisions = DECISIONS.map((one) => ({ ...one, how: 'left out' as const }))
    const { code } = await buildEntry(project, name, functionEntry(project, name), decisions)
    expect(load(name, code).main).toBeInstanceOf(Function)
  },
)

test('every decision is about something that pay would contain', async () => {
  const { metafile, outputFiles } = await build({
    ...bundleOptions(project, functionEntry(project, 'pay')),
    write: false,
    outdir: folder,
  })
  const decided = new Set(
    Object.keys(metafile.inputs).map((file) => decisionOf(DECISIONS, moduleOf(file))?.module),
  )
  const inner = /^wx-server-sdk\/(.*)$/
  const isInside = (module: string) => {
    const [, file] = inner.exec(module) ?? []
    return file !== undefined && outputFiles[0]!.text.includes(`"./${file}.js"`)
  }
  const modules = DECISIONS.map(({ module }) => module)
  expect(modules.filter((module) => !decided.has(module) && !isInside(module))).toEqual([])
})

test('every decision has a reason', () => {
  expect(DECISIONS.filter(({ reason }) => reason.length < 10)).toEqual([])
})
