import {
  formatReadableTime,
  formatTime,
  parseTime,
} from '../../../simulator/wechat-pay/beijing-time'

const NEW_YEAR = Date.UTC(2025, 11, 31, 16)

test('a time is formatted in Beijing time', () => {
  expect(formatTime(NEW_YEAR)).toBe('20260101000000')
  expect(formatReadableTime(NEW_YEAR)).toBe('2026-01-01 00:00:00')
})

test('a formatted time is parsed', () => {
  expect(parseTime('20260101000000')).toBe(NEW_YEAR)
})

test.each(['20260230000000', '20260101240000', '2026-01-01', '', '20260101'])(
  '%p is not a valid time',
  (text) => {
    expect(parseTime(text)).toBeUndefined()
  },
)
