namespace Callback.Web.Settings;

/// <summary>A setting whose value is shown nowhere, not even where it is refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
