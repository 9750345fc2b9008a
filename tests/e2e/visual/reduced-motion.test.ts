import { type ShopPhone, startShopPhone } from './support/shop-phone'

let shop: Awaited<ReturnType<typeof startShopPhone>>
let phone: ShopPhone

beforeAll(async () => {
  shop = await startShopPhone()
  phone = shop.phone
  phone.services.prepare({})
})

afterAll(() => shop?.close())

test.each([
  ['no-preference', 'breathe'],
  ['reduce', 'none'],
] as const)(
  'the animation of a skeleton follows prefers-reduced-motion: %s',
  async (reducedMotion, animation) => {
    await phone.page.emulateMedia({ reducedMotion })
    await phone.open('pay-list/index')
    const skeleton = phone.page.locator('.skeleton').first()
    const name = await skeleton.evaluate((element) => getComputedStyle(element).animationName)
    expect(name).toBe(animation)
  },
)
