import type { Checks } from './index'
import { openPlantedPage, type PlantedPage } from './planted-page'

declare const checks: Checks

let planted: PlantedPage

beforeAll(async () => {
  planted = await openPlantedPage()
})

afterAll(() => planted?.close())

describe('what lies on something else', () => {
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
  ])('%s is found', async (_, html, complaint) => {
    expect((await planted.look('overlaps', html)).join('\n')).toMatch(complaint)
  })

  test.each([
    [
      'lines one below the other',
      '<p style="line-height: 1; margin: 0">鸡蛋干</p><p style="line-height: 1; margin: 0">蜜橘</p>',
    ],
    ['a text in a button', '<button><span>下单</span> <b>¥1.99</b></button>'],
    [
      'a bar above what scrolls beneath it',
      '<p>上</p><div style="height: 900px"></div><p style="margin-bottom: 100px">完</p><button style="position: fixed; top: 350px">支付</button>',
    ],
    [
      'what a dialog makes inert',
      '<div inert><button>支付</button></div><div style="position: fixed; inset: 0"><button>好</button></div>',
    ],
    [
      'what lies behind a dialog',
      '<button>支付</button><div style="position: fixed; inset: 0"><div role="dialog" aria-modal="true"><button>好</button></div></div>',
    ],
  ])('%s is fine', async (_, html) => {
    expect(await planted.look('overlaps', html)).toEqual([])
  })

  test('what is scrolled away below a bar is fine', async () => {
    await planted.look('overlaps', '')
    const found = await planted.page.evaluate(() => {
      document.querySelector('main')!.innerHTML =
        '<p>题</p><div style="height: 200px; overflow: hidden auto"><p>上</p><p style="height: 900px">下</p></div>'
      document.querySelector('main > div')!.scrollTop = 40
      return checks.one('overlaps', 'main')
    })
    expect(found).toEqual([])
  })

  test('the page is where it was afterwards', async () => {
    await planted.look('overlaps', '<p>上</p><div style="height: 900px"></div><p>下</p>')
    const top = await planted.page.evaluate(() => {
      const main = document.querySelector('main')!
      main.scrollTop = 123
      checks.one('overlaps', 'main')
      return main.scrollTop
    })
    expect(top).toBe(123)
  })
})
