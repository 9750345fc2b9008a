import { buildPhone } from '../../../simulator/phone/compiler'
import { type Changes, built, buildWith, errorsOf, PAGE } from './support'

describe('a build', () => {
  test('of valid sources has a script, a style sheet and the pictures', async () => {
    const result = await buildWith({})
    expect(result.ok && [...result.files.keys()]).toEqual([
      '/miniprogram.js',
      '/miniprogram.css',
      '/package/images/dot.svg',
    ])
  })

  test('takes well under a second', async () => {
    await buildWith({})
    const started = performance.now()
    await buildWith({})
    expect(performance.now() - started).toBeLessThan(500)
  })

  test("replaces the deployer's config.ts by the given configuration", async () => {
    const script = await built({}, '/miniprogram.js')
    expect(script).toContain('env = "simulated"')
    expect(script).not.toContain('deployer')
  })

  test('does not run page code', async () => {
    expect(await errorsOf({ [`${PAGE}.js`]: 'throw new Error("ran")' })).toEqual([])
  })

  test('hides the globals of the browser from page code', async () => {
    const script = await built({}, '/miniprogram.js')
    expect(script).toMatch(/function\(wx,App,Page,[^)]*\bwindow,[^)]*\bdocument,[^)]*\bfetch,/)
  })
})

describe('an error names its file, line and column:', () => {
  const cases: [string, Changes, string][] = [
    [
      'TypeScript',
      { 'utils/greeting.ts': 'export const a = 1\nexport const b = = 2\n' },
      'utils/greeting.ts:2:18',
    ],
    ['an import of a package', { [`${PAGE}.js`]: "import 'lodash'" }, `${PAGE}.js:1:8`],
    [
      'an import from outside',
      { [`${PAGE}.js`]: "\nimport '../../../other.js'" },
      `${PAGE}.js:2:8`,
    ],
    ['JSON', { [`${PAGE}.json`]: '{\n  "a": 1,,\n}' }, `${PAGE}.json:2:10`],
    ['JSON that is not an object', { [`${PAGE}.json`]: '[]' }, `${PAGE}.json:1:1`],
    [
      'WXML',
      { [`${PAGE}.wxml`]: '<view>\n  <text>{{a ?. b}}</text>\n</view>' },
      `${PAGE}.wxml:2:13`,
    ],
    ['an unclosed tag', { [`${PAGE}.wxml`]: '<view>\n<text>x</view>' }, `${PAGE}.wxml:2:2`],
    ['an unknown tag', { [`${PAGE}.wxml`]: '\n <map-view />' }, `${PAGE}.wxml:2:2`],
    [
      'an inert attribute',
      { [`${PAGE}.wxml`]: '<button\n form-type="submit" />' },
      `${PAGE}.wxml:2:2`,
    ],
    ['an inert event', { [`${PAGE}.wxml`]: '<view bindlongpress="x" />' }, `${PAGE}.wxml:1:7`],
    [
      'a missing template file',
      { [`${PAGE}.wxml`]: '<import src="./no.wxml" />' },
      `${PAGE}.wxml:1:9`,
    ],
    ['a missing template', { [`${PAGE}.wxml`]: '<template is="no" />' }, `${PAGE}.wxml:1:11`],
    [
      'a missing WXS file',
      { [`${PAGE}.wxml`]: '<wxs module="m" src="./no.wxs" />' },
      `${PAGE}.wxml:1:17`,
    ],
    ['a missing picture', { [`${PAGE}.wxml`]: '<image src="/no.png" />' }, `${PAGE}.wxml:1:8`],
    [
      'a link to a page that does not exist',
      { [`${PAGE}.wxml`]: '<navigator url="/pages/no" />' },
      `${PAGE}.wxml:1:12`,
    ],
    ['ES6 in WXS', { 'utils/a.wxs': 'var a = 1\nvar f = () => a' }, 'utils/a.wxs:2:12'],
    [
      'ES6 in inline WXS',
      { [`${PAGE}.wxml`]: '<wxs module="m">\n let a\n</wxs>' },
      `${PAGE}.wxml:2:2`,
    ],
    ['a syntax error in WXS', { 'utils/a.wxs': 'var a = 1\nvar = 2' }, 'utils/a.wxs:2:5'],
    ['a missing module of WXS', { 'utils/a.wxs': "var b = require('./b.wxs')" }, 'utils/a.wxs:1:9'],
    ['WXSS', { [`${PAGE}.wxss`]: '.a {\n  color red;\n}' }, `${PAGE}.wxss:2:3`],
    ['a missing @import', { [`${PAGE}.wxss`]: "\n@import './no.wxss';" }, `${PAGE}.wxss:2:1`],
    [
      'a local file in WXSS',
      { [`${PAGE}.wxss`]: '.a {\n background: url(/a.png)\n}' },
      `${PAGE}.wxss:2:2`,
    ],
    [
      "a tag in a component's WXSS",
      { 'components/badge/index.wxss': 'view {}' },
      'components/badge/index.wxss:1:1',
    ],
    [
      'a page that does not exist',
      { [`${PAGE}.js`]: null, [`${PAGE}.wxml`]: null },
      'app.json:6:\\d+',
    ],
    ['a page without a template', { [`${PAGE}.wxml`]: null }, 'app.json:6:\\d+'],
    [
      'a component that does not exist',
      { [`${PAGE}.json`]: '{ "usingComponents": {\n "a": "/no" } }' },
      `${PAGE}.json:2:2`,
    ],
    [
      'a tab bar',
      { 'app.json': '{ "pages": ["pages/empty/index"],\n"tabBar": {} }' },
      'app.json:2:1',
    ],
    ['no app.json', { 'app.json': null }, 'app.json:1:1'],
  ]

  test.each(cases)('%s', async (_, files, place) => {
    const errors = await errorsOf(files)
    expect(errors[0]).toMatch(new RegExp(`^miniprogram/${place} \\S`))
  })

  test('a folder that does not exist', async () => {
    const result = await buildPhone({ miniprogramDir: '/no/such', modules: {}, appid: 'wx1' })
    expect(result).toMatchObject({ ok: false, errors: [{ file: 'such', line: 1 }] })
  })

  test('a replaced module that is missing', async () => {
    const errors = await errorsOf({ 'config.ts': null })
    expect(errors[0]).toBe(
      'miniprogram/config.ts:1:1 config.ts is missing, though simulator.json replaces it',
    )
  })

  test('one error does not hide another', async () => {
    const errors = await errorsOf({ [`${PAGE}.wxss`]: '.a {', [`${PAGE}.wxml`]: '<no-such />' })
    expect(errors).toHaveLength(2)
  })
})
