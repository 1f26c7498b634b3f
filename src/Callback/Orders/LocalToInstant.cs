namespace Callback.Orders;

/// <summary>The one way from an export's local time to an instant; given by the host from Windows, which alone decides about skipped and doubled times.</summary>
public delegate DateTimeOffset LocalToInstant(DateTime local, TimeZoneInfo zone);
