import { describe, expect, test } from 'vitest'
import { labelSides, widthOfWords } from '#web/desk/map/labels.ts'

const room = { left: 0, top: 0, right: 800, bottom: 600 }
const at = (x: number, y: number) => ({ x, y, width: 80, height: 16 })

describe('words beside the shapes of a map', () => {
  test('stand to the right where nothing is', () => {
    expect(labelSides([at(100, 100), at(400, 100)], room)).toEqual(['right', 'right'])
  })

  test('give way to a neighbour, and to the edge', () => {
    expect(labelSides([at(100, 100), at(140, 104)], room)[0]).not.toBe('right')
    expect(labelSides([at(780, 100)], room)).toEqual(['left'])
  })

  test('no two lie on each other where there is room around', () => {
    const sides = labelSides([at(300, 300), at(325, 300), at(312, 330)], room)
    expect(new Set(sides).size).toBeGreaterThan(1)
  })

  test('a Chinese character is wider than a letter; of two lines the longer counts', () => {
    expect(widthOfWords('矿')).toBe(13)
    expect(widthOfWords('F01\n一号矿')).toBe(39)
  })
})
