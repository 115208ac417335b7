"""Đọc văn bản: papers to a draft campaign, the paper on the left and what was understood on the right."""
