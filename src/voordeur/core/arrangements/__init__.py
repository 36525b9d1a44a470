"""Payment arrangements: what a household can bear, a schedule that adds up, and watching without punishing twice."""
