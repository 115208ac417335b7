"""From read papers to a draft campaign: contents, regime, tasks with proposed indicators, outline. Pure; nothing is published here.

What a paper does not say is never made up in silence: where a campaign's file must have it, it is marked as proposed and listed as open.
"""
