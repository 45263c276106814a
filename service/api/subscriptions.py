"""`/v1/subscriptions`: feeds that are read again and again. A subscription is a batch that grows."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, jsonify, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.batches import find, options_of, state_of
from service.api.errors import ApiError, ErrorBody
from service.api.models import BatchState, IdPath, Rows, SubscriptionBody
from service.api.shared import runtime
from service.batches import end
from service.store import Batch

api = APIBlueprint("subscriptions", __name__, url_prefix="/v1/subscriptions", abp_tags=[Tag(name="subscriptions")])


@api.post("", responses={201: BatchState, 422: ErrorBody})
def post_subscription(body: SubscriptionBody) -> Response:
    """Subscribes to a feed, which is read at once and then every so many minutes."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    given = options_of(body) | {"url": body.url, "every_minutes": body.every_minutes, "next_at": now}
    batch = runtime().batches.add(**given)
    response = jsonify(state_of(batch))
    response.status_code = 201
    response.headers["Location"] = url_for("subscriptions.get_subscription", id=batch.id)
    return response


@api.get("", responses={200: Rows})
def get_subscriptions() -> Response:
    """All subscriptions, the oldest first."""
    rows = [state_of(batch) for batch in runtime().batches.subscriptions()]
    return jsonify(items=rows, total=len(rows), limit=len(rows), offset=0)


@api.get("/<id>", responses={200: BatchState, 404: ErrorBody})
def get_subscription(path: IdPath) -> Response:
    """A subscription. As a batch it has its addresses, failures and retry at `/v1/batches/{id}`."""
    return jsonify(state_of(_find(path.id)))


@api.delete("/<id>", responses={404: ErrorBody})
def delete_subscription(path: IdPath) -> tuple[str, int]:
    """Ends a subscription: what waits is not processed any more. The articles that it brought stay."""
    end(runtime(), _find(path.id).id)
    return "", 204


def _find(batch_id: str) -> Batch:
    batch = find(batch_id)
    if batch.every_minutes is None:
        raise ApiError(404, "not_found", f"no subscription {batch_id!r}")
    return batch
