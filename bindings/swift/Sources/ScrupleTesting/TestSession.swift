import Scruple
