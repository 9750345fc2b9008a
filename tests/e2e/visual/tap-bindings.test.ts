import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readTags } from '../../../simulator/phone/compiler/wxml-tags'
import { MINIPROGRAM } from './support/shop-phone'

const TAP = /^(capture-)?(mut-)?(bind|catch):?(tap|longpress|longtap)$/
/** The tags and roles that a screen reader announces as tappable. */
const TAPPABLE_TAGS = ['button', 'navigator']
const TAPPABLE_ROLES = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'menuitem']

const templates = readdirSync(MINIPROGRAM, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.wxml'),
)

/** Returns tags with a tap handler that a screen reader does not announce as tappable. */
function silentTags(wxml: string): string[] {
  return readTags(wxml)
    .filter(({ attributes }) => attributes.some(({ name }) => TAP.test(name)))
    .filter(({ name, attributes }) => {
      const role = attributes.find((attribute) => attribute.name === 'aria-role')?.value ?? ''
      return !TAPPABLE_TAGS.includes(name) && !TAPPABLE_ROLES.includes(role)
    })
    .map(({ name }) => name)
}

test.each(templates)('a screen reader announces every tappable element in %s', (file) => {
  expect(silentTags(readFileSync(path.join(MINIPROGRAM, file), 'utf8'))).toEqual([])
})

test('a view with a tap handler and without a role is reported', () => {
  const wxml =
    '<view bindtap="open" /><view catch:tap="x" aria-role="button" /><text bindtap="y" />'
  expect(silentTags(wxml)).toEqual(['view', 'text'])
})
