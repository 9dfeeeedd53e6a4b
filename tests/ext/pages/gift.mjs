// Parse the GIFT on standard input; write what was found as JSON.
import { readFileSync } from 'node:fs'
import { parse } from 'gift-pegjs'

console.log(JSON.stringify(parse(readFileSync(0, 'utf-8'))))
