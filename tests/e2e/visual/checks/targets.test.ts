import { openFixturePage, type FixturePage } from './fixture-page'

const PICTURE = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E'

let fixture: FixturePage

beforeAll(async () => {
  fixture = await openFixturePage()
})

afterAll(() => fixture?.close())

describe('a tappable element', () => {
  const SIZE = 'display: inline-block; width: 44px; height: 44px'

  test.each([
    [
      'a button that is too low',
      '<button style="width: 90px; height: 40px">重试</button>',
      '“重试” is 90.0 × 40.0 px',
    ],
    [
      'a link that is too narrow',
      '<a href="/" style="display: block; width: 30px; height: 44px">去</a>',
      '“去” is 30.0 × 44.0 px',
    ],
    [
      'a button without a name',
      `<button class="more" style="${SIZE}"></button>`,
      '<button class="more"> has no name',
    ],
    [
      'a name that is hidden',
      `<wx-button class="more" role="button" style="${SIZE}"><i aria-hidden="true">…</i></wx-button>`,
      '<wx-button class="more"> has no name',
    ],
    [
      'a cell that is a button',
      '<wx-view role="button" style="display: block; width: 90px; height: 40px">订单</wx-view>',
      '“订单” is 90.0 × 40.0 px',
    ],
  ])('%s is reported', async (_, html, complaint) => {
    expect(await fixture.check('poorTargets', html)).toEqual([complaint])
  })

  test.each([
    ['a button with a text', `<button style="${SIZE}">好</button>`],
    ['a button with a label', `<button aria-label="返回" style="${SIZE}"></button>`],
    [
      'a button labelled by another element',
      `<p id="title">首页</p><button aria-labelledby="title" style="${SIZE}"></button>`,
    ],
    [
      'a link named by its picture',
      `<a href="/" style="${SIZE}"><img alt="小店" src='${PICTURE}'></a>`,
    ],
    ['a hidden button', '<button hidden style="width: 1px">好</button>'],
  ])('%s is fine', async (_, html) => {
    expect(await fixture.check('poorTargets', html)).toEqual([])
  })
})
