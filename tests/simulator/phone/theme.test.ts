import { pages } from './sample/app.json'
import { type Changes, built, errorsOf, page } from './support'

/** The sample with these parts of app.json, and this theme.json. */
function themed(app: object, theme?: object): Changes {
  const text = JSON.stringify({ ...app, pages }, null, 1)
  return { 'app.json': text, 'theme.json': theme ? JSON.stringify(theme, null, 1) : null }
}

const dark = { darkmode: true, themeLocation: 'theme.json' }
const bar = { window: { navigationBarBackgroundColor: '@bar' } }

/** What the runtime receives about the window of the page. */
async function windowOf(changes: Changes): Promise<{ colors: unknown }> {
  const script = await built(changes, '/miniprogram.js')
  const [, program] = /^startMiniProgram\((.*?),function\(/.exec(script)!
  return JSON.parse(program!).windows[page]
}

describe('theme.json', () => {
  test('has the colours of the window in each theme', async () => {
    const theme = { light: { bar: '#ffffff' }, dark: { bar: '#111111' } }
    expect((await windowOf(themed({ ...dark, ...bar }, theme))).colors).toEqual({
      light: { navigationBarBackgroundColor: '#ffffff' },
      dark: { navigationBarBackgroundColor: '#111111' },
    })
  })

  test('is what a page’s own settings refer to as well', async () => {
    const changes = themed(dark, { light: { at: 'dark' }, dark: { at: 'light' } })
    changes[`${page}.json`] = '{ "backgroundTextStyle": "@at" }'
    expect((await windowOf(changes)).colors).toEqual({
      light: { backgroundTextStyle: 'dark' },
      dark: { backgroundTextStyle: 'light' },
    })
  })

  const both = { light: {}, dark: {} }
  const cases: [string, Changes, string][] = [
    ['is missing', themed(dark), 'app.json:3:2 theme.json is missing'],
    [
      'lacks a theme',
      themed(dark, { light: {} }),
      'theme.json:1:1 theme.json must have an object light and an object dark',
    ],
    [
      'lacks a variable',
      themed({ ...dark, ...bar }, both),
      'app.json:5:35 theme.json does not define bar',
    ],
    [
      'has a variable for one theme only',
      themed({ ...dark, ...bar }, { light: { bar: '#fff' }, dark: {} }),
      'theme.json:3:3 bar is not defined for dark',
    ],
    [
      'is not asked for by darkmode',
      themed({ themeLocation: 'theme.json', ...bar }, both),
      'app.json:4:35 @bar needs "darkmode": true and a sound themeLocation in app.json',
    ],
  ]

  test.each(cases)('is an error when it %s', async (_, changes, error) => {
    expect(await errorsOf(changes)).toEqual([`miniprogram/${error}`])
  })
})

describe('<page-meta>', () => {
  const wxml = (text: string) => errorsOf({ [`${page}.wxml`]: text })

  test.each([
    ['alone', '<page-meta root-font-size="system" />\n<view />'],
    ['around all', '<page-meta page-font-size="{{size}}"><view /></page-meta>'],
    ['after a module', '<wxs module="m">module.exports = {}</wxs>\n<page-meta />'],
  ])('may stand first in a page, %s', async (_, text) => {
    expect(await wxml(text)).toEqual([])
  })

  test('stands nowhere else', async () => {
    expect(await wxml('<view />\n<page-meta />')).toEqual([
      `miniprogram/${page}.wxml:2:1 <page-meta> must be the first node of a page`,
    ])
  })

  test('stands in no component', async () => {
    expect(await errorsOf({ 'components/badge/index.wxml': '<page-meta />' })).toHaveLength(1)
  })

  test('has no attribute that the phone would ignore', async () => {
    expect(await wxml('<page-meta page-style="color: red" />')).toHaveLength(1)
  })
})
