FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie fonts-liberation2 fontconfig \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/dondoc
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
 && useradd --system --home-dir /var/lib/dondoc --create-home dondoc
USER dondoc
ENV OMP_THREAD_LIMIT=1
VOLUME /var/lib/dondoc
EXPOSE 8000
CMD ["dondoc", "serve", "--host", "0.0.0.0"]
