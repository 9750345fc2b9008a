import { buildPhone } from '../../../simulator/phone/compiler'
import { type Changes, built, buildWith, errorsOf, page } from './support'

describe('a build', () => {
  test('of sound sources has a script, a style sheet and the pictures', async () => {
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

  test("has the given configuration in place of the deployer's config.ts", async () => {
    const script = await built({}, '/miniprogram.js')
    expect(script).toContain('env = "simulated"')
    expect(script).not.toContain('deployer')
  })

  test('runs nothing of a page', async () => {
    expect(await errorsOf({ [`${page}.js`]: 'throw new Error("ran")' })).toEqual([])
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
    ['an import of a package', { [`${page}.js`]: "import 'lodash'" }, `${page}.js:1:8`],
    [
      'an import from outside',
      { [`${page}.js`]: "\nimport '../../../other.js'" },
      `${page}.js:2:8`,
    ],
    ['JSON', { [`${page}.json`]: '{\n  "a": 1,,\n}' }, `${page}.json:2:10`],
    ['JSON that is no object', { [`${page}.json`]: '[]' }, `${page}.json:1:1`],
    [
      'WXML',
      { [`${page}.wxml`]: '<view>\n  <text>{{a ?. b}}</text>\n</view>' },
      `${page}.wxml:2:13`,
    ],
    ['an unclosed tag', { [`${page}.wxml`]: '<view>\n<text>x</view>' }, `${page}.wxml:2:2`],
    ['an unknown tag', { [`${page}.wxml`]: '\n <map-view />' }, `${page}.wxml:2:2`],
    [
      'an inert attribute',
      { [`${page}.wxml`]: '<button\n form-type="submit" />' },
      `${page}.wxml:2:2`,
    ],
    ['an inert event', { [`${page}.wxml`]: '<view bindlongpress="x" />' }, `${page}.wxml:1:7`],
    [
      'a missing template file',
      { [`${page}.wxml`]: '<import src="./no.wxml" />' },
      `${page}.wxml:1:9`,
    ],
    ['a missing template', { [`${page}.wxml`]: '<template is="no" />' }, `${page}.wxml:1:11`],
    [
      'a missing WXS file',
      { [`${page}.wxml`]: '<wxs module="m" src="./no.wxs" />' },
      `${page}.wxml:1:17`,
    ],
    ['a missing picture', { [`${page}.wxml`]: '<image src="/no.png" />' }, `${page}.wxml:1:8`],
    [
      'a link to no page',
      { [`${page}.wxml`]: '<navigator url="/pages/no" />' },
      `${page}.wxml:1:12`,
    ],
    ['ES6 in WXS', { 'utils/a.wxs': 'var a = 1\nvar f = () => a' }, 'utils/a.wxs:2:12'],
    [
      'ES6 in inline WXS',
      { [`${page}.wxml`]: '<wxs module="m">\n let a\n</wxs>' },
      `${page}.wxml:2:2`,
    ],
    ['the syntax of WXS', { 'utils/a.wxs': 'var a = 1\nvar = 2' }, 'utils/a.wxs:2:5'],
    ['a missing module of WXS', { 'utils/a.wxs': "var b = require('./b.wxs')" }, 'utils/a.wxs:1:9'],
    ['WXSS', { [`${page}.wxss`]: '.a {\n  color red;\n}' }, `${page}.wxss:2:3`],
    ['a missing @import', { [`${page}.wxss`]: "\n@import './no.wxss';" }, `${page}.wxss:2:1`],
    [
      'a local file in WXSS',
      { [`${page}.wxss`]: '.a {\n background: url(/a.png)\n}' },
      `${page}.wxss:2:2`,
    ],
    [
      "a tag in a component's WXSS",
      { 'components/badge/index.wxss': 'view {}' },
      'components/badge/index.wxss:1:1',
    ],
    [
      'a page that is not there',
      { [`${page}.js`]: null, [`${page}.wxml`]: null },
      'app.json:6:\\d+',
    ],
    ['a page without a template', { [`${page}.wxml`]: null }, 'app.json:6:\\d+'],
    [
      'a component that is not there',
      { [`${page}.json`]: '{ "usingComponents": {\n "a": "/no" } }' },
      `${page}.json:2:2`,
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

  test('a folder that is not there', async () => {
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
    const errors = await errorsOf({ [`${page}.wxss`]: '.a {', [`${page}.wxml`]: '<no-such />' })
    expect(errors).toHaveLength(2)
  })
})
