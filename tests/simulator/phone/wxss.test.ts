import { built, errorsOf, page } from './support'

const css = (wxss: string) => built({ [`${page}.wxss`]: wxss }, '/miniprogram.css')

describe('a style sheet', () => {
  test('has rpx as parts of the width of the screen', async () => {
    expect(await css('.a { width: 375rpx; margin: -7.5rpx .75rpx }')).toContain(
      'width: 50cqw; margin: -1cqw 0.1cqw',
    )
  })

  test("has vw and vh as parts of the phone's screen", async () => {
    expect(await css('.a { width: 50vw; height: 100vh }')).toContain('width: 50cqw; height: 100cqh')
  })

  test('of a page reaches that page alone', async () => {
    expect(await css('.a view { color: red }')).toContain(
      `:where([data-page="${page}"]) .a wx-view {`,
    )
  })

  test('means the page itself by page', async () => {
    expect(await css('page { color: red }')).toContain(`:where([data-page="${page}"]) {`)
    expect(await css('')).toContain(':where([data-page]) {')
  })

  test('of a component has class names of its own', async () => {
    expect(await css('')).toContain('.components_badge_index--badge {')
  })

  test('has imported sheets inside', async () => {
    expect(await css('')).toContain(':where([data-page]) .soft {')
  })

  test('leaves the steps of keyframes alone', async () => {
    expect(await css('@keyframes k { from { width: 7.5rpx } }')).toContain(
      '{ from { width: 1cqw } }',
    )
  })
})

describe('@media in WXSS means the phone:', () => {
  const here = `:where([data-page="${page}"])`

  test.each([
    [
      'the colour scheme is its theme',
      '(prefers-color-scheme: dark)',
      `:where(#phone[data-theme="dark"]) ${here} .a {}`,
    ],
    [
      'a width is that of its screen',
      '(min-width: 375px)',
      `@container screen (min-width: 375px) {`,
    ],
    ['so is a range', 'screen and (320px <= width < 430px)', '@container screen (320px <= width'],
    ['so is its orientation', '(orientation: landscape)', '@container screen (orientation: land'],
    [
      'several features are combined',
      '(prefers-color-scheme: light) and (max-width: 320px)',
      '@container screen (max-width: 320px) { :where(#phone[data-theme="light"])',
    ],
    [
      'reduced motion alone is the browser’s',
      '(prefers-reduced-motion: reduce) and (width: 320px)',
      '@media (prefers-reduced-motion: reduce) { @container screen (width: 320px) {',
    ],
  ])('%s', async (_, query, compiled) => {
    const sheet = await css(`@media ${query} { .a {} }`)
    expect(sheet.replaceAll(/\s+/g, ' ')).toContain(compiled)
  })

  test('each of several alternatives holds by itself', async () => {
    const sheet = await css('@media (width: 320px), (prefers-color-scheme: dark) { .a, .b {} }')
    expect(sheet).toContain('@container screen (width: 320px)')
    expect(sheet).toContain(`:where(#phone[data-theme="dark"]) ${here} .b`)
  })

  test('a query inside another holds with it', async () => {
    const sheet = await css(
      '@media (width: 320px) { @media (prefers-color-scheme: dark) { .a {} } }',
    )
    expect(sheet.replaceAll(/\s+/g, ' ')).toContain(
      '@container screen (width: 320px) { :where(#phone[data-theme="dark"])',
    )
  })

  test.each([
    ['print', 'print'],
    ['not (width: 320px)', 'not (width: 320px)'],
    ['(hover: hover)', '(hover: hover)'],
    ['(min-width: 20em)', '(min-width: 20em)'],
    ['(min-device-width: 320px)', '(min-device-width: 320px)'],
  ])('what would be got wrong is an error: %s', async (query, named) => {
    expect(await errorsOf({ [`${page}.wxss`]: `@media ${query} { .a {} }` })).toEqual([
      `miniprogram/${page}.wxss:1:1 @media ${named} is not built into the simulator's phone`,
    ])
  })

  test('keyframes inside are an error', async () => {
    const wxss = '@media (prefers-color-scheme: dark) { @keyframes k { from { color: red } } }'
    expect(await errorsOf({ [`${page}.wxss`]: wxss })).toHaveLength(1)
  })
})
