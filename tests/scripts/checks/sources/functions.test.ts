import { functionSettings } from '../../../../scripts/checks/sources/function-settings'
import { functions, newerSyntax } from '../../../../scripts/checks/sources/functions'
import { ProjectCopy } from '../project-copy'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
})
afterEach(() => copy.destroy())

const MAIN = 'cloudfunctions/pay-message/src/index.ts'

describe('cloud functions', () => {
  test('build and load without any configuration', async () => {
    expect(await copy.problems(functions)).toEqual([])
  })

  test('that do not build, load or export main are each found', async () => {
    copy.write('cloudfunctions/pay-message/src/index.ts', "import './no'\n")
    copy.write('cloudfunctions/pay-notify/src/index.ts', "throw new Error('no configuration')\n")
    copy.write('cloudfunctions/pay-reconcile/src/index.ts', 'export const handler = 1\n')
    expect(await copy.problems(functions)).toEqual([
      `${MAIN}:1: Could not resolve "./no"`,
      'cloudfunctions/pay-notify/index.js: does not load: Error: no configuration',
      'cloudfunctions/pay-reconcile/index.js: does not load: Error: it exports no function main',
    ])
  })

  test('that use syntax newer than their Node are found, with the line', async () => {
    expect(await newerSyntax('const a = 1\nexport const b = /[\\p{L}--a]/v\n', '18.15')).toMatch(
      /^export const b = /,
    )
  })

  test('may use what their Node can read', async () => {
    expect(await newerSyntax('class A { #a = 1; static {} }\na?.b ?? (c ||= 1n)', '18.15')).toBe(
      undefined,
    )
  })
})

describe('settings of the cloud functions', () => {
  test('are right in the project', async () => {
    expect(await copy.problems(functionSettings)).toEqual([])
  })

  const rc = (change: (functions: any) => void) => () =>
    copy.json('cloudbaserc.json', (it) => change(it.functions))
  const config = (change: (config: any) => void) => () =>
    copy.json('cloudfunctions/pay-reconcile/config.json', change)

  test.each([
    ['a function that is not listed', rc((it) => it.pop()), /does not list pay-reconcile/],
    [
      'a function that is no folder',
      rc((it) => it.push({ name: 'no' })),
      /lists no, which is not a folder/,
    ],
    ['a timeout of 3 s', rc((it) => delete it[0].timeout), /pay has a timeout of 3 s/],
    ['an old runtime', rc((it) => (it[0].runtime = 'Nodejs8.9')), /pay has the runtime Nodejs8\.9/],
    ['another handler', rc((it) => (it[0].handler = 'app.main')), /pay has the handler app\.main/],
    ['packages to install', rc((it) => delete it[0].installDependency), /would have packages inst/],
    ['other triggers', rc((it) => delete it[3].triggers), /pay-reconcile has other triggers than/],
    [
      'five fields',
      config((it) => (it.triggers[0].config = '* * * * *')),
      /it has 5 fields, not 7/,
    ],
    ['no timer', config((it) => (it.triggers[0].type = 'http')), /its type is http, not timer/],
    ['no name', config((it) => delete it.triggers[0].name), /wrong trigger: it has no name/],
    [
      'an unknown key',
      config((it) => (it.timeout = 20)),
      /a key that CloudBase does not know: time/,
    ],
    [
      'no permission to send',
      () => copy.json('cloudfunctions/pay-message/config.json', (it) => delete it.permissions),
      /does not ask for subscribeMessage\.send/,
    ],
    [
      'one API for a list',
      config((it) => (it.permissions.openapi = 'a')),
      /openapi is not a list of/,
    ],
    [
      'dependencies',
      () => copy.json('cloudfunctions/pay/package.json', (it) => (it.dependencies = { a: '1' })),
      /pay\/package\.json: has another name or main, or has dependencies/,
    ],
    [
      'no package.json',
      () => copy.remove('cloudfunctions/pay/package.json'),
      /pay\/package\.json: is missing/,
    ],
  ])('with %s are found', async (_fault, plant, found) => {
    plant()
    expect(await copy.problems(functionSettings)).toContainEqual(expect.stringMatching(found))
  })
})
