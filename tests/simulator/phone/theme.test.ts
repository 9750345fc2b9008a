import { pages } from './sample/app.json'
import { type Changes, built, errorsOf, PAGE } from './support'

/** Returns the changes for these parts of app.json and this theme.json. */
function themed(app: object, theme?: object): Changes {
  const text = JSON.stringify({ ...app, pages }, null, 1)
  return { 'app.json': text, 'theme.json': theme ? JSON.stringify(theme, null, 1) : null }
}

const DARK = { darkmode: true, themeLocation: 'theme.json' }
const BAR = { window: { navigationBarBackgroundColor: '@bar' } }

/** Returns the window settings of the page that the runtime receives. */
async function windowOf(changes: Changes): Promise<{ colors: unknown }> {
  const script = await built(changes, '/miniprogram.js')
  const [, program] = /^startMiniProgram\((.*?),function\(/.exec(script)!
  return JSON.parse(program!).windows[PAGE]
}

describe('theme.json', () => {
  test('defines the colours of the window for each theme', async () => {
    const theme = { light: { bar: '#ffffff' }, dark: { bar: '#111111' } }
    expect((await windowOf(themed({ ...DARK, ...BAR }, theme))).colors).toEqual({
      light: { navigationBarBackgroundColor: '#ffffff' },
      dark: { navigationBarBackgroundColor: '#111111' },
    })
  })

  test('also defines variables for a page’s own settings', async () => {
    const changes = themed(DARK, { light: { at: 'dark' }, dark: { at: 'light' } })
    changes[`${PAGE}.json`] = '{ "backgroundTextStyle": "@at" }'
    expect((await windowOf(changes)).colors).toEqual({
      light: { backgroundTextStyle: 'dark' },
      dark: { backgroundTextStyle: 'light' },
    })
  })

  const both = { light: {}, dark: {} }
  const cases: [string, Changes, string][] = [
    ['is missing', themed(DARK), 'app.json:3:2 theme.json is missing'],
    [
      'lacks a theme',
      themed(DARK, { light: {} }),
      'theme.json:1:1 theme.json must have an object light and an object dark',
    ],
    [
      'lacks a variable',
      themed({ ...DARK, ...BAR }, both),
      'app.json:5:35 theme.json does not define bar',
    ],
    [
      'has a variable for one theme only',
      themed({ ...DARK, ...BAR }, { light: { bar: '#fff' }, dark: {} }),
      'theme.json:3:3 bar is not defined for dark',
    ],
    [
      'is not asked for by darkmode',
      themed({ themeLocation: 'theme.json', ...BAR }, both),
      'app.json:4:35 @bar needs "darkmode": true and a sound themeLocation in app.json',
    ],
  ]

  test.each(cases)('is an error when it %s', async (_, changes, error) => {
    expect(await errorsOf(changes)).toEqual([`miniprogram/${error}`])
  })
})

describe('<page-meta>', () => {
  const wxml = (text: string) => errorsOf({ [`${PAGE}.wxml`]: text })

  test.each([
    ['alone', '<page-meta root-font-size="system" />\n<view />'],
    ['around all', '<page-meta page-font-size="{{size}}"><view /></page-meta>'],
    ['after a module', '<wxs module="m">module.exports = {}</wxs>\n<page-meta />'],
  ])('may be the first node of a page, %s', async (_, text) => {
    expect(await wxml(text)).toEqual([])
  })

  test('is an error anywhere else in a page', async () => {
    expect(await wxml('<view />\n<page-meta />')).toEqual([
      `miniprogram/${PAGE}.wxml:2:1 <page-meta> must be the first node of a page`,
    ])
  })

  test('is an error in a component', async () => {
    expect(await errorsOf({ 'components/badge/index.wxml': '<page-meta />' })).toHaveLength(1)
  })

  test('is an error with an attribute that the phone would ignore', async () => {
    expect(await wxml('<page-meta page-style="color: red" />')).toHaveLength(1)
  })
})
