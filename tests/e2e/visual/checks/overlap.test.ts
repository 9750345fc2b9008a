import { openFixturePage, type FixturePage } from './fixture-page'
import type { Checks } from './index'

declare const checks: Checks

let fixture: FixturePage

beforeAll(async () => {
  fixture = await openFixturePage()
})

afterAll(() => fixture?.close())

describe('content that overlaps', () => {
  test.each([
    [
      'a text on a text',
      '<p style="margin: 0 0 -20px">鸡蛋干</p><p style="margin: 0">蜜橘</p>',
      /“鸡蛋干” and “蜜橘” overlap/,
    ],
    [
      'a text on a button',
      '<button>下单</button><span style="margin-left: -30px">¥1.99</span>',
      /“¥1.99” and “下单” overlap/,
    ],
    [
      'a button on a button',
      '<button>支付</button><button style="margin-left: -10px">取消</button>',
      /“支付” and “取消” overlap/,
    ],
    [
      'two texts further down',
      '<div style="height: 900px"></div><p style="margin: 0 0 -20px">早</p><p style="margin: 0">晚</p>',
      /overlap/,
    ],
    [
      'a button under a curtain',
      '<button>支付</button><div class="curtain" style="position: fixed; inset: 0"></div>',
      /“支付” is covered by <div class="curtain">/,
    ],
    [
      'the end of a page under a bar',
      '<div style="height: 900px"></div><p style="margin: 0">完</p><div class="bar" style="position: fixed; top: 300px; width: 300px; height: 100px"></div>',
      /“完” is covered/,
    ],
  ])('%s is reported', async (_, html, complaint) => {
    expect((await fixture.check('overlaps', html)).join('\n')).toMatch(complaint)
  })

  test.each([
    [
      'lines one below the other',
      '<p style="line-height: 1; margin: 0">鸡蛋干</p><p style="line-height: 1; margin: 0">蜜橘</p>',
    ],
    ['a text in a button', '<button><span>下单</span> <b>¥1.99</b></button>'],
    [
      'a bar above scrolling content',
      '<p>上</p><div style="height: 900px"></div><p style="margin-bottom: 100px">完</p><button style="position: fixed; top: 350px">支付</button>',
    ],
    [
      'content that a dialog makes inert',
      '<div inert><button>支付</button></div><div style="position: fixed; inset: 0"><button>好</button></div>',
    ],
    [
      'content behind a dialog',
      '<button>支付</button><div style="position: fixed; inset: 0"><div role="dialog" aria-modal="true"><button>好</button></div></div>',
    ],
  ])('%s is fine', async (_, html) => {
    expect(await fixture.check('overlaps', html)).toEqual([])
  })

  test('content scrolled below a bar is fine', async () => {
    await fixture.check('overlaps', '')
    const found = await fixture.page.evaluate(() => {
      document.querySelector('main')!.innerHTML =
        '<p>题</p><div style="height: 200px; overflow: hidden auto"><p>上</p><p style="height: 900px">下</p></div>'
      document.querySelector('main > div')!.scrollTop = 40
      return checks.one('overlaps', 'main')
    })
    expect(found).toEqual([])
  })

  test('the scroll position is restored afterwards', async () => {
    await fixture.check('overlaps', '<p>上</p><div style="height: 900px"></div><p>下</p>')
    const top = await fixture.page.evaluate(() => {
      const main = document.querySelector('main')!
      main.scrollTop = 123
      checks.one('overlaps', 'main')
      return main.scrollTop
    })
    expect(top).toBe(123)
  })
})
