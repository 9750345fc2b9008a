import { openFixturePage, type FixturePage } from './fixture-page'

const PICTURE = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E'

let fixture: FixturePage

beforeAll(async () => {
  fixture = await openFixturePage()
})

afterAll(() => fixture?.close())

describe('text with too little contrast', () => {
  test.each([
    [
      'grey on white',
      '<p style="color: #777">没有更多了</p>',
      '“没有更多了” has 4.48 : 1 (#777777 on #ffffff)',
    ],
    [
      'translucent black',
      '<p style="color: rgb(0 0 0 / 40%)">说明</p>',
      '“说明” has 2.85 : 1 (#999999 on #ffffff)',
    ],
    [
      'white on a pale shade',
      '<div style="background: #000"><p style="background: rgb(255 255 255 / 80%); color: #fff">说明</p></div>',
      '“说明” has 1.61 : 1 (#ffffff on #cccccc)',
    ],
    [
      'a translucent element',
      '<button style="opacity: 0.5; background: #000; color: #fff">支付</button>',
      '“支付” has 3.98 : 1 (#ffffff on #808080)',
    ],
    [
      'a text on another element',
      '<div style="position: relative"><div style="position: absolute; inset: 0; background: #333"></div><p style="position: relative">说明</p></div>',
      '“说明” has 1.66 : 1 (#000000 on #333333)',
    ],
    [
      'a text with pointer-events: none',
      '<div style="background: #333; pointer-events: none">说明</div>',
      '“说明” has 1.66 : 1 (#000000 on #333333)',
    ],
    [
      'a mixed colour',
      '<p style="color: color-mix(in srgb, #000 40%, #fff)">说明</p>',
      '“说明” has 2.85 : 1 (#999999 on #ffffff)',
    ],
    [
      'a text further down',
      '<div style="height: 900px"></div><p style="color: #fff">说明</p>',
      '“说明” has 1.00 : 1 (#ffffff on #ffffff)',
    ],
    [
      'text on a picture',
      `<div style="position: relative"><img src='${PICTURE}' style="position: absolute; width: 200px; height: 90px"><p style="position: relative">说明</p></div>`,
      '“说明” stands on a picture',
    ],
    [
      'text on a gradient',
      '<p style="background: linear-gradient(#fff, #eee)">说明</p>',
      '“说明” stands on a picture',
    ],
  ])('%s is reported', async (_, html, complaint) => {
    expect(await fixture.check('paleTexts', html)).toEqual([complaint])
  })

  test.each([
    ['dark grey', '<p style="color: #767676">没有更多了</p>'],
    ['white on a dark shade', '<p style="background: rgb(0 0 0 / 60%); color: #fff">说明</p>'],
    [
      'a caption with its own background on a picture',
      `<div style="position: relative"><img src='${PICTURE}' style="position: absolute; width: 200px; height: 90px"><p style="position: relative; background: #fff">说明</p></div>`,
    ],
    [
      'an invisible text',
      '<p style="visibility: hidden; color: #fff">说明</p><p style="opacity: 0">说明</p>',
    ],
  ])('%s is fine', async (_, html) => {
    expect(await fixture.check('paleTexts', html)).toEqual([])
  })
})
