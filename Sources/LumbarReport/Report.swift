import LumbarCore
