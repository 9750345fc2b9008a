import path from 'node:path'
import { devtoolsChecks } from '../../scripts/checks/sources/devtools'
import { installDevtools } from '../../scripts/checks/sources/devtools-install'
import { ProjectCopy } from '../scripts/checks/project-copy'

const FOLDER = path.resolve('scripts/devtools')
const { compiler, schemas } = devtoolsChecks(FOLDER)

let copy: ProjectCopy
// The first run takes a minute and needs the network. `npm run verify` installs the packages too.
beforeAll(() => void installDevtools(FOLDER), 300_000)
beforeEach(() => {
  copy = new ProjectCopy()
})
afterEach(() => copy.destroy())

const APP = 'miniprogram/app.json'
const LIST = 'miniprogram/pages/pay-list/index'

describe('the compiler of DevTools', () => {
  test('accepts the mini program', async () => {
    expect(await copy.problems(compiler)).toEqual([])
  })

  test.each([
    [
      'a page without WXML',
      () => copy.remove(`${LIST}.wxml`),
      /app\.json: .*could not find the corresponding file: "pages\/pay-list\/index\.wxml"/,
    ],
    [
      'a component that is not there',
      () => copy.json(`${LIST}.json`, (page) => (page.usingComponents = { a: '/no/a' })),
      /^miniprogram\/pages\/pay-list\/index\.json: .*"\/no\/a", component not found/,
    ],
    ['broken JSON', () => copy.write(APP, '{"pages": [}'), /app\.json: .*Expecting 'STRING'/],
    [
      'broken WXSS',
      () => copy.append('miniprogram/app.wxss', '.a { color: '),
      /^miniprogram\/app\.wxss: .*Unclosed block/,
    ],
    [
      'syntax that its Babel cannot parse',
      () => copy.append(`${LIST}.ts`, '\nusing resource = null\n'),
      /pay-list\/index\.ts: Support for the experimental syntax/,
    ],
  ])('refuses %s', async (_fault, plant, found) => {
    plant()
    expect(await copy.problems(compiler)).toContainEqual(expect.stringMatching(found))
  })
})

describe('the schemas of DevTools', () => {
  test('accept all JSON files of the project', async () => {
    expect(await copy.problems(schemas)).toEqual([])
  })

  test('report unknown keys and wrong values in every file', async () => {
    copy.json(APP, (app) => (app.colour = 'red'))
    copy.json('project.config.json', (project) => (project.miniprogramRoot = 1))
    copy.json(`${LIST}.json`, (page) => (page.navigationBarTitleText = 1))
    copy.json('miniprogram/sitemap.json', (sitemap) => (sitemap.rules[0].action = 'maybe'))
    copy.json('miniprogram/theme.json', (theme) => (theme.light.navigationBarTextStyle = 1))
    const problems = await copy.problems(schemas)
    expect(problems).toEqual([
      expect.stringMatching(/^miniprogram\/app\.json: .*does not know: .*colour/),
      expect.stringMatching(/^project\.config\.json: miniprogramRoot .*should be string/),
      expect.stringMatching(/^miniprogram\/pages\/pay-list\/index\.json: navigationBarTitleText/),
      expect.stringMatching(/^miniprogram\/sitemap\.json: rules\[0\]\.action .*allow or disallow/),
      expect.stringMatching(/^miniprogram\/theme\.json: light\.navigationBarTextStyle/),
    ])
  })

  test('report a file that is missing', async () => {
    copy.remove('miniprogram/sitemap.json')
    expect(await copy.problems(schemas)).toEqual(['miniprogram/sitemap.json: is missing'])
  })
})
