import { byId, el } from './dom'
import { choices, onSettingChange, searchFor, type SettingName } from './settings'

/** The shoppers that the panel beside the phone offers. */
const SHOPPERS = 2

/** The shopper of this tab: `?shopper=2`, 1 to 9, shopper 1 without it. */
export function currentShopper(): number {
  const number = new URLSearchParams(location.search).get('shopper') ?? ''
  return /^[1-9]$/.test(number) ? Number(number) : 1
}

/** Links that open the phone of each shopper, set like this one. */
export function listShoppers(current: number): void {
  const links = Array.from({ length: SHOPPERS }, (_, index) => {
    const number = index + 1
    const link = el('a', '', `顾客 ${number}`)
    const lead = () => {
      link.href = `/${searchFor(number)}`
    }
    lead()
    for (const name of Object.keys(choices) as SettingName[]) onSettingChange(name, lead)
    if (number === current) link.ariaCurrent = 'page'
    return el('li', '', link)
  })
  byId('shoppers').replaceChildren(...links)
}
