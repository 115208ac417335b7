"""Người của đơn vị: who holds which post, invitations down the tree, handing over, leaving, and what one may do oneself."""
