"""Places and the people who rent them."""

from django.db import models

from voordeur.store.encrypted import EncryptedText


class Neighbourhood(models.Model):
    """The part of town that one neighbourhood manager looks after (about 1,000 homes)."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Home(models.Model):
    """A rented home with its address; coordinates in WGS84 when they were given."""

    key = models.CharField(max_length=64, unique=True)
    """The corporation's own number of the home, or its postcode + number when it has none."""
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, on_delete=models.PROTECT, related_name="homes"
    )
    street = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField(null=True)
    addition = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    town = models.CharField(max_length=80, blank=True)
    bag_id = models.CharField(max_length=16, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["street", "number"]), models.Index(fields=["postcode", "number"])]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """`Molenstraat 14-B`."""
        return address_in_words(self.key, self.street, self.number, self.addition)


def address_in_words(key: str, street: str, number: int | None, addition: str) -> str:
    """The address of a home; its key when nobody told us the street."""
    at = f" {number}" if number is not None else ""
    return f"{street or key}{at}{f'-{addition}' if addition else ''}"


class Tenancy(models.Model):
    """A tenancy agreement: the unit that a ledger, an arrears episode and a visit belong to."""

    class Method(models.TextChoices):
        """How the rent is paid."""

        DIRECT_DEBIT = "direct_debit"
        TRANSFER = "transfer"
        UNKNOWN = "unknown"

    key = models.CharField(max_length=64, unique=True)
    """The corporation's own number of the agreement."""
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="tenancies")
    neighbourhood = models.ForeignKey(Neighbourhood, null=True, on_delete=models.PROTECT, related_name="+")
    """That of the home, repeated here so that a work list is one index scan."""
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    rent = models.BigIntegerField(null=True)
    """Cents a month, as the tenancy file says; the ledger decides what is owed."""
    method = models.CharField(max_length=16, choices=Method.choices, default=Method.UNKNOWN)
    mandate = models.CharField(max_length=35, blank=True, db_index=True)
    payment_reference = models.CharField(max_length=16, blank=True, db_index=True)
    """Betalingskenmerk."""

    class Meta:
        verbose_name_plural = "tenancies"

    def __str__(self) -> str:
        return self.key


class Tenant(models.Model):
    """A person who signed the agreement. No BSN, ever."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="tenants")
    name = models.CharField(max_length=120)
    phone = EncryptedText(blank=True, context="store.tenant.phone")
    email = EncryptedText(blank=True, context="store.tenant.email")
    language = models.CharField(max_length=8, default="nl")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenancy", "name"], name="tenant_once_per_tenancy")]
        indexes = [models.Index(fields=["name"])]
