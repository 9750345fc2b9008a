import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const MINIPROGRAM = path.resolve(__dirname, '../../../miniprogram')

/** The files that DevTools uploads, by their path in miniprogram/. */
const FILES = readdirSync(MINIPROGRAM, { recursive: true, encoding: 'utf8' }).filter((file) =>
  statSync(path.join(MINIPROGRAM, file)).isFile(),
)

const read = (file: string) => readFileSync(path.join(MINIPROGRAM, file), 'utf8')
const readJson = (file: string) => JSON.parse(read(file))
const filesOf = (extension: string) => FILES.filter((file) => path.extname(file) === extension)

const app = readJson('app.json')
const PAGES: string[] = app.pages

describe('the package', () => {
  test('is under 120 KB without pictures', () => {
    const pictures = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg']
    const sizes = FILES.filter((file) => !pictures.includes(path.extname(file))).map(
      (file) => statSync(path.join(MINIPROGRAM, file)).size,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120 * 1024)
  })

  test('contains no npm package', () => {
    const brought = ['package.json', 'node_modules', 'miniprogram_npm']
    expect(brought.filter((name) => existsSync(path.join(MINIPROGRAM, name)))).toEqual([])
  })

  test('loads the code of a page only when it is needed', () => {
    expect(app.lazyCodeLoading).toBe('requiredComponents')
  })

  test('supports the dark theme', () => {
    expect(app.darkmode).toBe(true)
  })

  test('has a light and a dark value for every colour variable of the window', () => {
    const theme = readJson(app.themeLocation)
    const named = Object.values<string>(app.window).filter((value) => value.startsWith('@'))
    const { light, dark } = theme
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !light[name.slice(1)] || !dark[name.slice(1)])).toEqual([])
  })
})

test.each(PAGES)('%s has a title', (page) => {
  expect(readJson(`${page}.json`).navigationBarTitleText).toMatch(/\S/)
})

test.each(PAGES)('%s uses the system’s font size, set by its first node', (page) => {
  expect(read(`${page}.wxml`)).toMatch(/^<page-meta root-font-size="system" \/>/)
})

describe('sitemap.json', () => {
  /** The first rule that names a page decides (WeChat's reference of the sitemap's rules). */
  const actionFor = (page: string) => {
    const rules: { action: string; page: string }[] = readJson(app.sitemapLocation).rules
    return rules.find((rule) => rule.page === page || rule.page === '*')?.action
  }

  test('allows the goods to be indexed', () => {
    expect(actionFor('pages/pay-list/index')).toBe('allow')
  })

  test.each(['pages/pay-order/index', 'pages/pay-result/index'])(
    'keeps %s out of the index',
    (page) => {
      expect(actionFor(page)).toBe('disallow')
    },
  )
})

test.each(filesOf('.wxss'))('%s measures in px and rem, never in rpx', (file) => {
  expect(read(file)).not.toMatch(/rpx/)
})

test.each(filesOf('.wxml'))('%s styles nothing inline', (file) => {
  expect(read(file)).not.toMatch(/\bstyle=/)
})
