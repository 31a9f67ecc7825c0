// The guide: its recipes can be run and changed.
import { Recipe } from './Recipe.ts';

for (const element of document.querySelectorAll<HTMLElement>('.recipe')) new Recipe(element);
