import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readTags } from '../../../simulator/phone/compiler/wxml-tags'
import { MINIPROGRAM } from './support/shop-phone'

const TAP = /^(capture-)?(mut-)?(bind|catch):?(tap|longpress|longtap)$/
/** What a screen reader announces as something to be tapped, without further words. */
const TAPPABLE_TAGS = ['button', 'navigator']
const TAPPABLE_ROLES = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'menuitem']

const templates = readdirSync(MINIPROGRAM, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.wxml'),
)

/** Tags that listen to taps but do not say so. */
function silentTags(wxml: string): string[] {
  return readTags(wxml)
    .filter(({ attributes }) => attributes.some(({ name }) => TAP.test(name)))
    .filter(({ name, attributes }) => {
      const role = attributes.find((attribute) => attribute.name === 'aria-role')?.value ?? ''
      return !TAPPABLE_TAGS.includes(name) && !TAPPABLE_ROLES.includes(role)
    })
    .map(({ name }) => name)
}

test.each(templates)('all that can be tapped in %s says so to a screen reader', (file) => {
  expect(silentTags(readFileSync(path.join(MINIPROGRAM, file), 'utf8'))).toEqual([])
})

test('a view that listens to taps and has no role is found', () => {
  const wxml =
    '<view bindtap="open" /><view catch:tap="x" aria-role="button" /><text bindtap="y" />'
  expect(silentTags(wxml)).toEqual(['view', 'text'])
})
