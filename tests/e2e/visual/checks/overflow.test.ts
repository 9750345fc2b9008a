import { openFixturePage, type FixturePage } from './fixture-page'

const LONG = 'longerthananyscreeniswideandwithoutanyspacetobreakitat'

let fixture: FixturePage

beforeAll(async () => {
  fixture = await openFixturePage()
})

afterAll(() => fixture?.close())

describe('content that does not fit', () => {
  test.each([
    [
      'a page that scrolls sideways',
      `<div style="width: 310px">鸡蛋干</div>`,
      /310 px wide in 300/,
    ],
    ['a long word', `<p>${LONG}</p>`, /cut off by .page/],
    [
      'a line clipped by its parent',
      `<div style="width: 40px; overflow: hidden; white-space: nowrap">手工挂面</div>`,
      /“手工挂面” is cut off/,
    ],
    [
      'a line clipped at the bottom',
      `<div style="height: 20px; overflow: hidden">第一行<br>第二行</div>`,
      /“第二行” is cut off/,
    ],
    [
      'a button half outside',
      `<button style="position: relative; left: 280px">退款</button>`,
      /“退款” is cut off/,
    ],
  ])('%s is reported', async (_, html, complaint) => {
    expect((await fixture.check('overflows', html)).join('\n')).toMatch(complaint)
  })

  test.each([
    [
      'text that wraps',
      '<p>春天头一拨嫩芽，一杯清鲜，回味甘甜，春天头一拨嫩芽，一杯清鲜，回味甘甜</p>',
    ],
    [
      'a line that ends in …',
      `<div style="width: 90px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">${LONG}</div>`,
    ],
    [
      'content further down the page',
      '<div style="height: 900px"></div><p>没有更多了</p><button>重试</button>',
    ],
    [
      'content for screen readers only',
      `<div style="position: absolute; width: 1px; height: 1px; overflow: hidden">${LONG}</div>`,
    ],
    ['hidden content', `<div style="display: none; width: 900px">${LONG}</div>`],
  ])('%s is fine', async (_, html) => {
    expect(await fixture.check('overflows', html)).toEqual([])
  })
})
