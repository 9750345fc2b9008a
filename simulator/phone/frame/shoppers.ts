import { byId, el } from './dom'
import { CHOICES, onSettingChange, searchFor, type SettingName } from './settings'

/** The number of shoppers that the panel lists. The address accepts up to 9. */
const LISTED_SHOPPERS = 2

/** Returns the shopper of this tab, from `?shopper=2`: 1 to 9, by default 1. */
export function currentShopper(): number {
  const number = new URLSearchParams(location.search).get('shopper') ?? ''
  return /^[1-9]$/.test(number) ? Number(number) : 1
}

/** Lists links to the phone of each shopper, with the settings of this phone. */
export function listShoppers(current: number): void {
  const links = Array.from({ length: LISTED_SHOPPERS }, (_, index) => {
    const number = index + 1
    const link = el('a', '', `顾客 ${number}`)
    const updateLink = () => {
      link.href = `/${searchFor(number)}`
    }
    updateLink()
    for (const name of Object.keys(CHOICES) as SettingName[]) onSettingChange(name, updateLink)
    if (number === current) link.ariaCurrent = 'page'
    return el('li', '', link)
  })
  byId('shoppers').replaceChildren(...links)
}
