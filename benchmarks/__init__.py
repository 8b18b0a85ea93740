"""Speed against peers, side by side in one run: python3 -m benchmarks, or python3 -m benchmarks slider."""
