import type { Check } from '../../../../scripts/checks/check'
import { handlers } from '../../../../scripts/checks/sources/handlers'
import { imports } from '../../../../scripts/checks/sources/imports'
import {
  namedFiles,
  packageSize,
  strayFiles,
} from '../../../../scripts/checks/sources/package-files'
import { styleVariables, theme } from '../../../../scripts/checks/sources/styles'
import { templates } from '../../../../scripts/checks/sources/templates'
import { typeCheck } from '../../../../scripts/checks/sources/type-check'
import { ProjectCopy } from '../project-copy'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
})
afterEach(() => copy.destroy())

const APP = 'miniprogram/app.json'
const LIST = 'miniprogram/pages/pay-list/index'

type Planted = [fault: string, plant: () => void, found: RegExp]

/** Plants each fault alone and tests that the check finds it. */
function finds(check: Check, planted: Planted[]): void {
  describe(`the check of ${check.name}`, () => {
    test('finds nothing wrong with the project', async () => {
      expect(await copy.problems(check)).toEqual([])
    })

    test.each(planted)('finds %s', async (_fault, plant, found) => {
      plant()
      expect(await copy.problems(check)).toContainEqual(expect.stringMatching(found))
    })
  })
}

finds(strayFiles, [
  ['index.js beside index.ts', () => copy.write(`${LIST}.js`, ''), /pay-list\/index\.js: is JavaS/],
  ['a test', () => copy.write('miniprogram/a.test.ts', ''), /a\.test\.ts: is a test/],
  [
    'a tsconfig',
    () => copy.write('miniprogram/tsconfig.json', '{}'),
    /tsconfig\.json: is the comp/,
  ],
  ['a package.json', () => copy.write('miniprogram/package.json', '{}'), /is not an npm package/],
  [
    'an installed package',
    () => copy.write('miniprogram/node_modules/a/index.js', ''),
    /node_modules\/a\/index\.js: the mini program uses no npm packages/,
  ],
  ...['apiclient_cert.p12', 'apiclient_key.pem', 'my.key'].map((file): Planted => [
    file,
    () => copy.write(`miniprogram/${file}`, ''),
    /: is packed into every shopper's phone/,
  ]),
  [
    'a file of another kind',
    () => copy.write('miniprogram/prices.xlsx', ''),
    /prices\.xlsx: is not a file of a mini program/,
  ],
])

finds(namedFiles, [
  [
    'a page without its WXML',
    () => copy.remove(`${LIST}.wxml`),
    /^miniprogram\/app\.json: names miniprogram\/pages\/pay-list\/index\.wxml, which is missing/,
  ],
  ['a page without its code', () => copy.remove(`${LIST}.ts`), /index\.ts, which is missing/],
  [
    'a component that is not there',
    () => copy.json(`${LIST}.json`, (page) => (page.usingComponents = { a: '../../no/a' })),
    /pay-list\/index\.json: names miniprogram\/no\/a\.wxml, which is missing/,
  ],
  [
    'a component by an absolute path that is not there',
    () => copy.json(`${LIST}.json`, (page) => (page.usingComponents = { a: '/no/a' })),
    /pay-list\/index\.json: names miniprogram\/no\/a\.ts, which is missing/,
  ],
  [
    'a sitemap that is not there',
    () => copy.remove('miniprogram/sitemap.json'),
    /names miniprogram\/sitemap\.json, which is missing/,
  ],
  [
    'an app.json that is not JSON',
    () => copy.write(APP, '{"pages": [}'),
    /app\.json:1: is not JSON/,
  ],
])

finds(theme, [
  [
    'a colour that only one theme has',
    () => copy.json('miniprogram/theme.json', ({ light }) => (light.only = '#000000')),
    /theme\.json: dark has no only/,
  ],
  [
    'a variable that no theme has',
    () => copy.json(`${LIST}.json`, (page) => (page.backgroundColor = '@nowhere')),
    /theme\.json: light has no nowhere/,
  ],
  [
    'a dark mode without a theme',
    () => copy.json(APP, (app) => delete app.themeLocation),
    /app\.json: has a dark mode or @variables, but no themeLocation/,
  ],
])

finds(packageSize, [
  [
    'a package that is too big for WeChat',
    () => copy.write('miniprogram/a.png', 'a'.repeat(2 * 1024 * 1024)),
    /all files together have \d+ KB, more than 2048 KB/,
  ],
  [
    'code that is too big for this shop',
    () => copy.write('miniprogram/a.wxs', 'a'.repeat(120 * 1024)),
    /the files that are not pictures have \d+ KB, more than 120 KB/,
  ],
])

finds(styleVariables, [
  [
    'a variable that no sheet defines',
    () => copy.append(`${LIST}.wxss`, '.a { color: var(--nowhere) }'),
    /pay-list\/index\.wxss: uses var\(--nowhere\), which no sheet defines/,
  ],
])

finds(handlers, [
  ...['bindtap', 'bind:tap', 'catchtap', 'catch:tap', 'capture-bind:tap', 'mut-bind:tap'].map(
    (attribute): Planted => [
      `a ${attribute} that nothing defines`,
      () => copy.append(`${LIST}.wxml`, `<view ${attribute}="onNowhere" />`),
      /pay-list\/index\.wxml: binds onNowhere, which its code does not define/,
    ],
  ),
  [
    'a handler in a template that several pages import',
    () => copy.append('miniprogram/templates/state.wxml', '<view bindtap="onNowhere" />'),
    /templates\/state\.wxml: binds onNowhere/,
  ],
])

finds(imports, [
  [
    'an npm package',
    () => copy.append(`${LIST}.ts`, "\nimport weui from 'weui'\nweui()\n"),
    /pay-list\/index\.ts: imports 'weui', which is not in miniprogram/,
  ],
  [
    'code from outside',
    () => copy.append('miniprogram/app.ts', "\nimport { a } from '../typings/a'\na()\n"),
    /app\.ts: imports '\.\.\/typings\/a', which is not in miniprogram/,
  ],
])

finds(typeCheck, [
  [
    'a type error',
    () => copy.append(`${LIST}.ts`, "\nexport const fen: number = 'one'\n"),
    /pay-list\/index\.ts:\d+: TS2322: /,
  ],
  [
    'a missing import',
    () => copy.append(`${LIST}.ts`, "\nexport * from './nowhere'\n"),
    /pay-list\/index\.ts:\d+: TS2307: /,
  ],
])

finds(templates, [
  ['an unclosed tag', () => copy.append(`${LIST}.wxml`, '<view>'), /pay-list\/index\.wxml/],
  [
    'a broken expression',
    () => copy.append(`${LIST}.wxml`, '<view>{{a +}}</view>'),
    /pay-list\/index\.wxml/,
  ],
  [
    'optional chaining in WXML',
    () => copy.append(`${LIST}.wxml`, '<view>{{a?.b}}</view>'),
    /pay-list\/index\.wxml/,
  ],
  [
    'a wxs file that is not there',
    () => copy.append(`${LIST}.wxml`, '<wxs src="./no.wxs" module="no" />'),
    /no\.wxs/,
  ],
  [
    'ES6 in WXS',
    () => copy.append('miniprogram/utils/money.wxs', '\nvar one = () => 1\n'),
    /money\.wxs/,
  ],
  ['broken WXSS', () => copy.append('miniprogram/app.wxss', '.a { color: '), /app\.wxss/],
  [
    'an @import of WXSS that is not there',
    () => copy.append('miniprogram/app.wxss', "\n@import './no.wxss';\n"),
    /no\.wxss|app\.wxss/,
  ],
])

test('the count that wcsc prints below an error is not reported as an error', async () => {
  copy.append('miniprogram/app.wxss', '.a { color: ')
  expect(await copy.problems(templates)).toEqual([expect.stringMatching(/app\.wxss/)])
})
