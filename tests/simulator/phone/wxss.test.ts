import { built, errorsOf, PAGE } from './support'

const css = (wxss: string) => built({ [`${PAGE}.wxss`]: wxss }, '/miniprogram.css')

describe('a style sheet', () => {
  test('converts rpx to parts of the screen width', async () => {
    expect(await css('.a { width: 375rpx; margin: -7.5rpx .75rpx }')).toContain(
      'width: 50cqw; margin: -1cqw 0.1cqw',
    )
  })

  test("converts vw and vh to parts of the phone's screen", async () => {
    expect(await css('.a { width: 50vw; height: 100vh }')).toContain('width: 50cqw; height: 100cqh')
  })

  test('of a page applies to that page only', async () => {
    expect(await css('.a view { color: red }')).toContain(
      `:where([data-page="${PAGE}"]) .a wx-view {`,
    )
  })

  test('selects the page itself by the tag page', async () => {
    expect(await css('page { color: red }')).toContain(`:where([data-page="${PAGE}"]) {`)
    expect(await css('')).toContain(':where([data-page]) {')
  })

  test('of a component has its own class names', async () => {
    expect(await css('')).toContain('.components_badge_index--badge {')
  })

  test('includes imported sheets', async () => {
    expect(await css('')).toContain(':where([data-page]) .soft {')
  })

  test('does not scope the steps of keyframes', async () => {
    expect(await css('@keyframes k { from { width: 7.5rpx } }')).toContain(
      '{ from { width: 1cqw } }',
    )
  })
})

describe('@media in WXSS refers to the phone:', () => {
  const here = `:where([data-page="${PAGE}"])`

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
      'only reduced motion is the browser’s',
      '(prefers-reduced-motion: reduce) and (width: 320px)',
      '@media (prefers-reduced-motion: reduce) { @container screen (width: 320px) {',
    ],
  ])('%s', async (_, query, compiled) => {
    const sheet = await css(`@media ${query} { .a {} }`)
    expect(sheet.replaceAll(/\s+/g, ' ')).toContain(compiled)
  })

  test('each of several alternatives applies by itself', async () => {
    const sheet = await css('@media (width: 320px), (prefers-color-scheme: dark) { .a, .b {} }')
    expect(sheet).toContain('@container screen (width: 320px)')
    expect(sheet).toContain(`:where(#phone[data-theme="dark"]) ${here} .b`)
  })

  test('a nested query applies together with the outer one', async () => {
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
  ])('an unsupported query is an error: %s', async (query, named) => {
    expect(await errorsOf({ [`${PAGE}.wxss`]: `@media ${query} { .a {} }` })).toEqual([
      `miniprogram/${PAGE}.wxss:1:1 @media ${named} is not built into the simulator's phone`,
    ])
  })

  test('keyframes inside are an error', async () => {
    const wxss = '@media (prefers-color-scheme: dark) { @keyframes k { from { color: red } } }'
    expect(await errorsOf({ [`${PAGE}.wxss`]: wxss })).toHaveLength(1)
  })
})
