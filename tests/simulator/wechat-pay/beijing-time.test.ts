import {
  formatReadableTime,
  formatTime,
  parseTime,
} from '../../../simulator/wechat-pay/beijing-time'

const newYear = Date.UTC(2025, 11, 31, 16)

test('a time is written as it is in Beijing', () => {
  expect(formatTime(newYear)).toBe('20260101000000')
  expect(formatReadableTime(newYear)).toBe('2026-01-01 00:00:00')
})

test('a written time is read back', () => {
  expect(parseTime('20260101000000')).toBe(newYear)
})

test.each(['20260230000000', '20260101240000', '2026-01-01', '', '20260101'])(
  '%p is no time',
  (text) => {
    expect(parseTime(text)).toBeUndefined()
  },
)
