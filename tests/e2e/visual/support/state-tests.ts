import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Checks } from '../checks'
import { bundleChecks } from '../checks/bundle'
import type { State } from '../states/state'
import { ContactSheets } from './contact-sheets'
import { COMBINATIONS, nameOf } from './settings'
import { startShopPhone, type ShopPhone } from './shop-phone'

declare const checks: Checks
declare const axe: { run(): Promise<AxeResults> }

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Defines two tests for each state of a page: all checks in every setting of the phone, and axe-core. */
export function testStates(page: string, states: State[]): void {
  let shop: Awaited<ReturnType<typeof startShopPhone>>
  let phone: ShopPhone
  const sheets = process.env.SHEETS ? new ContactSheets(page) : undefined

  beforeAll(async () => {
    shop = await startShopPhone([await bundleChecks(), AXE])
    phone = shop.phone
  })

  afterAll(async () => {
    try {
      await sheets?.write(await phone.page.context().newPage())
    } finally {
      await shop?.close()
    }
  })

  describe.each(states)(`${page} $name`, (state) => {
    test('fits, is readable and easy to tap in every setting of the phone', async () => {
      await open(phone, state)
      const found: string[] = []
      for (const settings of COMBINATIONS) {
        await phone.set(settings)
        await phone.see(state.shows)
        await phone.settle()
        const complaints = await phone.page.evaluate(() => checks.all('#phone'))
        found.push(...complaints.map((complaint) => `${nameOf(settings)}: ${complaint}`))
        await sheets?.add(phone, settings, state)
      }
      expect(found).toEqual([])
    })

    test('has no axe-core violations in either theme', async () => {
      await open(phone, state)
      const found: string[] = []
      for (const theme of ['light', 'dark'] as const) {
        await phone.set({ theme })
        await phone.see(state.shows)
        await phone.settle()
        found.push(...(await axeViolations(phone)).map((violation) => `${theme}: ${violation}`))
      }
      expect(found).toEqual([])
    })
  })
}

async function open(
  phone: ShopPhone,
  { page, query, replies, reach, shows }: State,
): Promise<void> {
  phone.services.prepare(replies)
  await phone.open(page, query)
  await reach?.(phone)
  await phone.see(shows)
  await phone.settle()
  const errors = await phone.pageErrors()
  if (errors.length > 0) throw new Error(errors.join('\n'))
}

function axeViolations(phone: ShopPhone): Promise<string[]> {
  return phone.page.evaluate(async () => {
    const { violations } = await axe.run()
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html}`),
    )
  })
}
