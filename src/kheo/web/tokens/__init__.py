"""Mã truy cập: with which somebody lets a program work in their name."""
